"""Case tables in: contracts, reading, and the sample."""

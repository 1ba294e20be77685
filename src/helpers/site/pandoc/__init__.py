"""The pages rendered by pandoc, which Quarto itself is built on."""

"""One module a question: what is counted, and which gap is asked for."""

"""Write the sample to ``data/sample/``."""

from helpers.data.sample import write

write()

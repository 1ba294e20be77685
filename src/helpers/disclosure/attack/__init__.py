"""Attack what is told, as a reader could, to find what it gives away.

`whole_site` is the attack and `leak` what it finds. It takes these steps:

1. `releases` (with `lasting`): tell the cases of earlier releases apart from those added since,
   and from those whose state has changed.
2. `space` (with `cliques`): find the counts behind what is told; `system`: write what is told as
   sums of them.
3. `search`: bound each cell; first what follows by subtraction (`remainder`), then by
   programming. `aim` says which bounds give a cell away.
4. `back_calculation`: find small groups that rounded shares fit.
5. `evidence`: find which of the statements give a cell away.
"""

from helpers.disclosure.attack.leak import Leak, Rule, Source
from helpers.disclosure.attack.whole_site import attack, first_safe

__all__ = ["Leak", "Rule", "Source", "attack", "first_safe"]

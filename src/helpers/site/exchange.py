"""What a municipality sends its county: published counts in a file, signed with Ed25519.

The file holds nothing that the municipality's own site does not. The county keeps each
municipality's public key, named for its number: ``keys/0484.pub``.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from click import get_app_dir
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from helpers.data.peers.sources import default
from helpers.disclosure import Published
from helpers.problem import Problem
from helpers.questions import QUESTIONS
from helpers.questions.gap import Gaps
from helpers.questions.settings import NAMES
from helpers.site.gate import releases
from helpers.site.problem import SiteProblem

FORMAT, VERSION = "likavard-counts", 1
_KEY = "signing-key"


@dataclass(frozen=True)
class Delivery:
    """What a municipality has sent.

    Attributes
    ----------
    municipality : str
        Its number.
    data : {"own", "sample"}
    gaps : mapping of str to Gaps
        By question.
    """

    municipality: str
    data: str
    gaps: Mapping[str, Gaps]


def export(root: Path, to: Path, keys: Path | None = None) -> Path:
    """Write the counts of the site that has passed the gate, signed, and the public key beside.

    Parameters
    ----------
    root : Path
        The repository.
    to : Path
        The file.
    keys : Path, optional
        The folder of the signing key, which is made on first use.

    Returns
    -------
    Path
        The file of the public key.

    Raises
    ------
    SiteProblem
        If there is no such site, its noise is made with the sample's open key though its data
        are real, the signing key is damaged, or the files cannot be written.
    """
    tested, municipality = releases.read_tested(root), default()[0]
    releases.refuse_open_key(tested)
    content = {name: tested[name] for name in ("data", "as_of", "published")}
    payload = json.dumps({"municipality": municipality, **content}, ensure_ascii=False)
    public = to.with_name(f"{municipality}.pub")
    try:
        key = _own_key(keys or Path(get_app_dir("likavard")))
        signature = b64encode(key.sign(payload.encode())).decode()
        sealed = {"format": FORMAT, "version": VERSION, "payload": payload, "signature": signature}
        to.write_text(json.dumps(sealed, ensure_ascii=False) + "\n", encoding="utf-8")
        public.write_bytes(b64encode(key.public_key().public_bytes_raw()) + b"\n")
    except OSError as error:
        raise SiteProblem(f"Det går inte att skriva {error.filename}.") from error
    return public


def _own_key(folder: Path) -> Ed25519PrivateKey:
    """Read the signing key; it is made the first time, for its owner's eyes only."""
    file = folder / _KEY
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())
    try:
        return Ed25519PrivateKey.from_private_bytes(file.read_bytes())
    except ValueError as error:
        raise SiteProblem(
            f"Nyckeln {file} är skadad. Hämta den ur säkerhetskopian. Finns ingen: ta bort filen, "
            "kör igen och lämna den nya öppna nyckeln till länet."
        ) from error


def read_all(files: Sequence[Path], keys: Path) -> list[Delivery]:
    """Read municipalities' files: all of them, or none.

    Parameters
    ----------
    files : sequence of Path
    keys : Path
        The folder of public keys.

    Raises
    ------
    SiteProblem
        If a file cannot be read, is of another version, is not signed by the municipality it
        names, or is a second one of it; and if invented data are mixed with real. All such files
        are named.
    """
    found: dict[str, Delivery] = {}
    wrong = []
    for file in files:
        try:
            one = _read(file, keys)
            if one.municipality in found:
                raise _Refused(f"kommun {one.municipality} har redan en fil")
            found[one.municipality] = one
        except _Refused as refused:
            wrong.append(f"- {file.name}: {refused}.")
    if not wrong and len({one.data for one in found.values()}) > 1:
        wrong.append("- Påhittade exempeldata och verkliga data går inte att blanda.")
    if wrong:
        raise SiteProblem("\n".join(["Länets sidor byggdes inte:", *wrong]))
    return list(found.values())


class _Refused(Exception):  # noqa: N818 - told of, with the file, by `read_all`
    """Why a file is not taken in."""


def _read(file: Path, keys: Path) -> Delivery:
    try:
        sealed = json.loads(file.read_text(encoding="utf-8"))
        version = (sealed["format"], sealed["version"])
        payload, signature = sealed["payload"], b64decode(sealed["signature"])
        content = json.loads(payload)
        municipality, data = str(content["municipality"]), str(content["data"])
    except (OSError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise _Refused("filen går inte att läsa") from error
    if version != (FORMAT, VERSION):
        raise _Refused("filen är av en annan version; kommunen och länet behöver samma")
    _check(municipality, payload, signature, keys)
    return Delivery(municipality, data, _measured(content))


def _measured(content: Mapping[str, Any]) -> dict[str, Gaps]:
    """Measure the gaps of all questions in a file, each of which this version must know."""
    try:
        found = {question: _gaps(question, one) for question, one in content["published"].items()}
    except (LookupError, TypeError, ValueError, AttributeError, Problem) as error:
        raise _Refused(
            "antalen är av en annan version; kommunen och länet behöver samma"
        ) from error
    if not found:
        raise _Refused("filen har inga antal")
    return found


def _gaps(question: str, record: Mapping[str, Any]) -> Gaps:
    module = import_module(f"helpers.questions.{QUESTIONS[NAMES.index(question)]}")
    gaps: Gaps = module.gaps(Published.from_record(record))
    return gaps


def _check(municipality: str, payload: str, signature: bytes, keys: Path) -> None:
    if not municipality.isalnum():
        raise _Refused("kommunens nummer går inte att läsa")
    try:
        key = b64decode((keys / f"{municipality}.pub").read_bytes())
        Ed25519PublicKey.from_public_bytes(key).verify(signature, payload.encode())
    except OSError as error:
        raise _Refused(f"nyckeln {municipality}.pub saknas i {keys}") from error
    except ValueError as error:
        raise _Refused(f"nyckeln {municipality}.pub i {keys} är skadad") from error
    except InvalidSignature as error:
        raise _Refused(f"underskriften är inte kommun {municipality}s") from error

"""Open data to compare with: fetched from their sources once, read from snapshots ever after."""

from helpers.data.peers.shape import Asked, PeersProblem, Status
from helpers.data.peers.snapshots import Snapshot, read_peers
from helpers.data.peers.sources import SOURCES, fetch

__all__ = ["SOURCES", "Asked", "PeersProblem", "Snapshot", "Status", "fetch", "read_peers"]

"""What is published as files for machines: every count and gap, as its description says."""

import csv
import json
import re
import shutil
from unittest.mock import patch

import pytest
from frictionless import Package

from helpers.show import answer
from helpers.site import machine_readable
from helpers.site.scan import scan_site


@pytest.fixture(scope="module")
def site(tmp_path_factory, sample_gaps):
    site = tmp_path_factory.mktemp("site")
    with patch("helpers.data.provenance.read", {"published", "sample"}):
        output = {"data": answer(sample_gaps)._repr_mimebundle_()}
    cells = [{"cell_type": "code", "source": "#| label: answer", "outputs": [output]}]
    machine_readable.write(site, [{"cells": [{"cell_type": "raw", "source": ""}, *cells]}])
    return site


@pytest.fixture(scope="module")
def package(site):
    return json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))


def rows(site, resource):
    with (site / "data" / resource["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_package_has_what_a_data_package_must(package):
    assert package["profile"] == "tabular-data-package"
    assert package["version"] == "2025-12-31"
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len({*names})
    assert all(re.fullmatch(r"[-a-z0-9._/]+", name) for name in [package["name"], *names])


def test_invented_data_are_said_to_be_invented(package):
    assert package["sample"] is True
    assert package["description"].endswith("påhittade.")


def test_each_file_is_as_the_package_describes_it(site, package):
    described = {resource["path"] for resource in package["resources"]}
    assert described == {file.name for file in (site / "data").glob("*.csv")}
    report = Package(str(site / "data" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])


def test_a_file_that_is_not_as_described_is_found(site, tmp_path):
    shutil.copytree(site / "data", tmp_path / "data")
    (tmp_path / "data" / "queue-times-people.csv").write_text("grouping,n\nall,few\n")
    assert not Package(str(tmp_path / "data" / "datapackage.json")).validate().valid


def test_the_counts_are_those_that_are_published(site, sample_gaps):
    people = sample_gaps.published.tables["people"]
    found = rows(site, {"path": "queue-times-people.csv"})[1:]
    assert [int(row[-1]) for row in found] == people["n"].tolist()
    published = json.loads((site / "data" / "published.json").read_text(encoding="utf-8"))
    assert published["queue-times"]["tables"].keys() == sample_gaps.published.tables.keys()


def test_every_gap_is_there_with_its_interval(site, sample_gaps):
    head, *found = rows(site, {"path": "gaps.csv"})
    assert len(found) == len({*sample_gaps})
    first = dict(zip(head, found[0], strict=True))
    assert first["verdict"] == sample_gaps.headline.verdict.value
    assert float(first["low"]) == pytest.approx(sample_gaps.headline.low, abs=1e-5)


def test_nothing_in_the_files_stops_at_the_gate(site):
    assert scan_site(site) == []

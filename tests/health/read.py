"""What a scrape holds, read by the parser of prometheus-client's own."""

from prometheus_client.parser import text_string_to_metric_families


def values(text: str) -> dict[str, float]:
    """Every sample by its name and its labels in order, as `name{a="b",c="d"}`."""
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found

"""Draw the picture of the README: one relation of the example study in two waves, side by side."""

from pathlib import Path

import wholenet as wn

WIDTH, HEIGHT, GAP = 640, 470, 20


def main() -> None:
    """Write referral.svg beside this file."""
    waves = wn.datasets.youth_care().select(municipality="Elzerveen", relation="client referral")
    layout = wn.draw.layout(waves)
    parts = []
    for place, ((_, wave, _), net) in enumerate(waves.items()):
        picture = wn.draw.network(
            net, layout=layout, colour="sector", mark="gatekeeper", title=f"Wave {wave}", width=WIDTH
        )
        parts.append(f'<g transform="translate({place * (WIDTH + GAP)} 0)">{picture.svg}</g>')
    size = f'viewBox="0 0 {2 * WIDTH + GAP} {HEIGHT}" width="{2 * WIDTH + GAP}" height="{HEIGHT}"'
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>\n'
    (Path(__file__).parent / "referral.svg").write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Share cards: how a page looks when its link is passed on. Pure drawing; it knows neither Django nor any model."""

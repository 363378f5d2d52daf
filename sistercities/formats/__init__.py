"""How dates and hours are written where Django writes them: as everywhere else on the site."""

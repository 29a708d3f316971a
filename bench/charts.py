"""Charts as SVG: lines over a logarithmic axis, with nothing but text."""

import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 400, 70, 150, 40, 50
COLOURS = ('#0b6e99', '#c0392b', '#e08e0b', '#555555', '#2e8b57', '#8e44ad')


def nice(top):
    """A round number not below top."""
    scale = 10 ** math.floor(math.log10(top))
    return next(scale * step for step in (1, 2, 2.5, 5, 10)
                if scale * step >= top)


def label(value):
    for size, letter in ((1e6, 'M'), (1e3, 'k')):
        if value >= size:
            return '%g%s' % (value / size, letter)
    return '%g' % value


class Chart:
    def __init__(self, title, x_title, y_title, series):
        self.title, self.x_title, self.y_title = title, x_title, y_title
        self.series = {name: sorted(points) for name, points in
                       series.items()}
        points = [p for line in self.series.values() for p in line]
        self.xs = sorted({x for x, _ in points})
        self.top = nice(max(y for _, y in points))

    def x(self, value):
        low, high = math.log10(self.xs[0]), math.log10(self.xs[-1])
        part = (math.log10(value) - low) / (high - low) if high > low else 0.5
        return LEFT + part * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)

    @staticmethod
    def text(x, y, text, anchor='middle', more=''):
        return ('<text x="%.1f" y="%.1f" text-anchor="%s"%s>%s</text>' %
                (x, y, anchor, more, text))

    def frame(self):
        yield self.text(WIDTH / 2, 22, self.title, more=' font-size="15"')
        yield self.text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, self.x_title)
        yield self.text(0, 0, self.y_title, more=' transform="translate('
                        '16 %d) rotate(-90)"' % (HEIGHT / 2))
        for i in range(6):
            value = self.top * i / 5
            yield ('<path d="M%d %.1fH%d" stroke="#ddd"/>' %
                   (LEFT, self.y(value), WIDTH - RIGHT))
            yield self.text(LEFT - 6, self.y(value) + 4, label(value), 'end')
        for value in self.xs:
            yield self.text(self.x(value), HEIGHT - BOTTOM + 18, label(value))

    def lines(self):
        for i, (name, points) in enumerate(self.series.items()):
            colour = COLOURS[i % len(COLOURS)]
            path = 'L'.join('%.1f %.1f' % (self.x(x), self.y(y))
                            for x, y in points)
            yield ('<path d="M%s" fill="none" stroke="%s" '
                   'stroke-width="2"/>' % (path, colour))
            for x, y in points:
                yield ('<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>' %
                       (self.x(x), self.y(y), colour))
            yield self.text(WIDTH - RIGHT + 10, TOP + 10 + 18 * i, name,
                            'start', ' fill="%s"' % colour)

    def write(self, path):
        with open(path, 'w', encoding='utf-8') as out:
            out.write('<svg xmlns="http://www.w3.org/2000/svg" '
                      'viewBox="0 0 %d %d" font-family="sans-serif" '
                      'font-size="12">\n' % (WIDTH, HEIGHT))
            out.write('<rect width="100%" height="100%" fill="#fff"/>\n')
            for part in list(self.frame()) + list(self.lines()):
                out.write(part + '\n')
            out.write('</svg>\n')

"""What was found, and how it compares: one line for each goal."""

import json
import statistics

COLUMNS = ('row', 'what', 'ours', 'peer', 'ratio', 'spread', 'limit', 'share',
           'goal', 'met')


class Line:
    """goal is a pair such as ('<=', 0.6), for the ratio; or a triple with the
    value that it is for."""

    def __init__(self, row, what, ours, unit, goal=None, peer=None,
                 peer_name='', ratio=None, spread=None, limit=None,
                 share=None, extra=None):
        self.row, self.what, self.unit = row, what, unit
        self.ours, self.peer, self.peer_name = ours, peer, peer_name
        self.ratio, self.spread = ratio, spread
        self.limit, self.share = limit, share
        self.goal, self.extra = goal, extra or {}

    def met(self):
        if self.goal is None:
            return None
        sign, most = self.goal[:2]
        value = self.goal[2] if len(self.goal) > 2 else self.ratio
        if value is None:
            return False
        return value >= most if sign == '>=' else value <= most

    def goal_text(self):
        if self.goal is None:
            return ''
        text = '%s %s' % (self.goal[0], short(self.goal[1]))
        if len(self.goal) == 2:
            text += ' x'
        elif self.share is not None and self.goal[2] == self.share:
            text += ' of limit'
        return text

    def cells(self):
        met = {None: '', True: 'yes', False: 'NO'}[self.met()]
        peer = short(self.peer)
        if self.peer_name and peer:
            peer += ' ' + self.peer_name
        return (self.row, self.what, '%s %s' % (short(self.ours), self.unit),
                peer, short(self.ratio),
                '' if self.spread is None else '±%.0f%%' % (100 * self.spread),
                short(self.limit), short(self.share), self.goal_text(), met)

    def as_dict(self):
        return {'row': self.row, 'what': self.what, 'unit': self.unit,
                'ours': self.ours, 'peer': self.peer,
                'peer_name': self.peer_name, 'ratio': self.ratio,
                'spread': self.spread, 'limit': self.limit,
                'share': self.share, 'goal': self.goal_text(),
                'met': self.met(), **self.extra}


def short(value):
    if value is None:
        return ''
    if abs(value) >= 10000:
        return '%.0f' % value
    return '%.3g' % value


def median(samples, metric):
    return statistics.median(sample[metric] for sample in samples)


def ratios(ours, theirs, metric):
    return [a[metric] / b[metric] for a, b in zip(ours, theirs) if b[metric]]


def spread_of(values):
    """Half of the distance between the quartiles, by the median."""
    if len(values) < 3:
        return None
    low, _, high = statistics.quantiles(values, n=4, method='inclusive')
    return (high - low) / 2 / (statistics.median(values) or 1)


def compare(row, what, results, metric, unit, peer, goal=None, ours='ours',
            limit=None, extra=('cpu', 'drops')):
    """A line about ours and a peer, by the median of adjacent pairs."""
    pairs = ratios(results[ours], results[peer], metric)
    line = Line(row, what, median(results[ours], metric), unit, goal,
                median(results[peer], metric), peer, statistics.median(pairs),
                spread_of(pairs))
    if limit:
        line.limit = median(results[limit], metric)
        line.share = statistics.median(
            ratios(results[ours], results[limit], metric))
    for name in extra:
        for whose, key in ((ours, name), (peer, 'peer_' + name)):
            if name != metric and name in results[whose][0]:
                line.extra[key] = median(results[whose], name)
    return line


def share(row, what, results, metric, unit, least, ours='ours', limit='raw'):
    """A line about ours and what the machine allows."""
    pairs = ratios(results[ours], results[limit], metric)
    part = statistics.median(pairs)
    return Line(row, what, median(results[ours], metric), unit,
                ('>=', least, part), limit=median(results[limit], metric),
                share=part, spread=spread_of(pairs))


def show(lines):
    cells = [COLUMNS] + [line.cells() for line in lines]
    widths = [max(len(row[i]) for row in cells) for i in range(len(COLUMNS))]
    for row in cells:
        print('  '.join(cell.ljust(width) if i < 2 or i > 7 else
                        cell.rjust(width) for i, (cell, width) in
                        enumerate(zip(row, widths))).rstrip())
    goals = [line.met() for line in lines if line.met() is not None]
    print('%d of %d goals met' % (sum(goals), len(goals)))


def read(path):
    """What was found before, or nothing."""
    try:
        with open(path, encoding='utf-8') as source:
            return json.load(source)
    except (OSError, ValueError):
        return None


def is_alike(one, other):
    """Were both measured in the same way on the same machine?"""
    return all(one.get(key) == other.get(key) for key in
               ('quick', 'pairs', 'processor', 'processors', 'machine',
                'netsnmp'))


def write(path, lines, series, about, order):
    """Rows that were not measured now stay as they were, if that was alike."""
    found = {'about': about, 'lines': [line.as_dict() for line in lines],
             'series': series}
    before = read(path)
    if before and is_alike(before['about'], about):
        new = {line.row for line in lines}
        found['lines'] += [line for line in before['lines']
                           if line['row'] not in new]
        found['lines'].sort(key=lambda line: order.index(line['row']))
        found['series'] = {
            name: {**before['series'].get(name, {}), **series.get(name, {})}
            for name in {**before['series'], **series}}
    with open(path, 'w', encoding='utf-8') as out:
        json.dump(found, out, indent=1)
        out.write('\n')
    return found

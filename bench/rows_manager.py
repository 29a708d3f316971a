"""Rows about managers: requests sent, answers received."""

import harness
from table import Line, compare, median, share

MANAGERS = {'ours': 'our_manager', 'window': 'our_manager',
            'event': 'our_manager', 'select': 'netsnmp_manager',
            'drained': 'netsnmp_manager', 'raw': 'raw_manager'}
MODES = {'ours': 'callback', 'window': 'window', 'event': 'event',
         'select': 'select', 'drained': 'drain'}
WINDOWS = (16, 256)


def manage(bench, agents, window, names, **more):
    """Runs managers in turn against one agent program; results by name."""
    server, port = bench.start_server('responder', bench.peer_cpu,
                                      agents=agents)

    def manager(name):
        options = dict(port=port, window=window, agents=agents, ms=bench.ms,
                       **more)
        if name in MODES:
            options['mode'] = MODES[name]
        return lambda: bench.run(MANAGERS[name], **options)

    try:
        return bench.in_turn({name: manager(name) for name in names})
    finally:
        bench.end(server)


def remember(bench, chart, window, results):
    lines = bench.series.setdefault(chart, {})
    for name, samples in results.items():
        lines.setdefault(name, []).append((window, median(samples, 'rate')))


def gets_by_callback(bench):
    """GETs by callback, one agent"""
    lines = []
    for window in WINDOWS:
        results = manage(bench, 1, window,
                         ('ours', 'drained', 'select', 'raw'))
        remember(bench, 'throughput', window, results)
        what = 'callback, %d outstanding' % window
        lines += [share('M1', what, results, 'rate', '/s', 0.85),
                  compare('M1', what, results, 'rate', '/s', 'drained',
                          ('>=', 1.2)),
                  compare('M1', what, results, 'rate', '/s', 'select',
                          ('>=', 1.45)),
                  compare('M1', what + ', CPU', results, 'cpu', 'us',
                          'drained', limit='raw')]
    return lines


def gets_by_window(bench):
    """GETs by window message, one agent"""
    lines = []
    for window in WINDOWS:
        results = manage(bench, 1, window, ('window', 'drained', 'raw'))
        remember(bench, 'throughput', window,
                 {'window': results['window']})
        what = 'window message, %d outstanding' % window
        lines += [share('M2', what, results, 'rate', '/s', 0.75, 'window'),
                  compare('M2', what, results, 'rate', '/s', 'drained',
                          ('>=', 1.05), 'window'),
                  compare('M2', what + ', CPU', results, 'cpu', 'us',
                          'drained', None, 'window', limit='raw')]
    return lines


def one_get(bench):
    """CPU for a GET, one outstanding"""
    results = manage(bench, 1, 1,
                     ('ours', 'event', 'window', 'drained', 'select', 'raw'))
    remember(bench, 'throughput', 1,
             {name: results[name] for name in results if name != 'event'})
    return [compare('M3', 'one outstanding, ' + text, results, 'cpu', 'us',
                    'drained', ('<=', most), name, 'raw', ('rate',))
            for name, text, most in (('ours', 'callback', 1.0),
                                     ('event', 'callback sets event', 1.25),
                                     ('window', 'window message', 1.25))]


def many_agents(bench):
    """1,000 agents through 1,000 sessions"""
    lines = []
    for window, least in ((1, 5), (16, 2.8), (256, 1.35)):
        results = manage(bench, 1000, window,
                         ('ours', 'select', 'drained', 'raw'))
        remember(bench, 'agents', window, results)
        what = '1,000 agents, %d outstanding' % window
        lines += [compare('M4', what, results, 'rate', '/s', 'select',
                          ('>=', least), limit='raw'),
                  compare('M4', what, results, 'rate', '/s', 'drained')]
    files = median(results['ours'], 'descriptors')
    lines.append(Line('M4', 'descriptors, 1,000 sessions', files, '',
                      ('<=', 8, files),
                      median(results['select'], 'descriptors'), 'select'))
    return lines


def many_outstanding(bench):
    """10,000 outstanding, one agent"""
    results = manage(bench, 1, 10000, ('ours', 'drained', 'select', 'raw'))
    remember(bench, 'throughput', 10000, results)
    what = '10,000 outstanding'
    return [share('M5', what, results, 'rate', '/s', 0.85),
            compare('M5', what, results, 'rate', '/s', 'drained',
                    ('>=', 1.2)),
            compare('M5', what, results, 'rate', '/s', 'select', ('>=', 8))]


def dead_agents(bench):
    """GETs while 10,000 wait for agents that are dead"""
    server, port = bench.start_server('responder', bench.peer_cpu)

    def manager(name, dead):
        return lambda: bench.run(MANAGERS[name], port=port, window=64,
                                 ms=bench.ms, mode=MODES[name], dead=dead)

    try:
        results = bench.in_turn({
            'ours': manager('ours', 10000), 'without': manager('ours', 0),
            'select': manager('select', 10000)})
    finally:
        bench.end(server)
    what = '10,000 requests to dead agents'
    return [compare('M6', what, results, 'rate', '/s', 'without',
                    ('>=', 0.97)),
            compare('M6', what, results, 'rate', '/s', 'select')]


def per_get(bench, name):
    """The difference of two runs, so that the start does not count."""
    server, port = bench.start_server('responder', bench.peer_cpu)
    points = []
    try:
        for ms in (500, 2500):
            process, out = bench.instructions(bench.command(
                MANAGERS[name], port=port, window=16, ms=ms,
                mode=MODES[name]))
            done = bench.finish(process)['done']
            points.append((done, harness.collected(out)))
    finally:
        bench.end(server)
    return {'instructions': (points[1][1] - points[0][1]) /
                            (points[1][0] - points[0][0])}


def get_instructions(bench):
    """User instructions for a GET"""
    results = bench.in_turn({name: lambda name=name: per_get(bench, name)
                             for name in ('ours', 'drained')},
                            1 if bench.quick else 3)
    line = compare('I1', 'instructions for a GET', results, 'instructions',
                   '', 'drained')
    line.goal = ('<=', 3500, line.ours)
    return [line]


ROWS = {'M1': gets_by_callback, 'M2': gets_by_window, 'M3': one_get,
        'M4': many_agents, 'M5': many_outstanding, 'M6': dead_agents,
        'I1': get_instructions}

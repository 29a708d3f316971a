# repeat.sh - ./setup repeat N: the fast suites N times, to find the test that
# fails once in a while.  Read by setup, whose functions it uses.
#
# There is a lane for each processor.  A lane makes every so-manieth run, each
# in an order of its own, so that suites meet that never met before.  It ends
# at the first failure, whose log it shows.

repeat_dir=build/repeat

# repeat_shuffled RUN - the suites in the order of that run.
repeat_shuffled()
{
    awk -v seed="$1" 'BEGIN { srand(seed) } { print rand(), $0 }' \
        $repeat_dir/suites | sort | cut -d ' ' -f 2
}

# repeat_run RUN LOG - all of them once, unless something has failed elsewhere.
repeat_run()
{
    for suite in $(repeat_shuffled "$1"); do
        [ ! -e $repeat_dir/stop ] || return
        (cd build && exec "$suite") >"$2" 2>&1 && continue
        [ ! -e $repeat_dir/stop ] || return # it was interrupted, too
        : >$repeat_dir/stop
        cp "$2" $repeat_dir/flake.log
        echo "flake $1 $suite"
        return
    done
    echo "done $1"
}

# repeat_lane FIRST N - every run of one lane.
repeat_lane()
{
    run=$1
    while [ "$run" -le "$2" ] && [ ! -e $repeat_dir/stop ]; do
        repeat_run "$run" "$repeat_dir/lane-$1.log"
        run=$((run + jobs))
    done
}

# An interrupt ends every lane after the suite that it runs.
repeat_lanes()
{
    trap ': >$repeat_dir/stop' INT TERM
    lane=1
    while [ $lane -le "$jobs" ]; do
        repeat_lane $lane "$1" &
        lane=$((lane + 1))
    done
    wait
    wait # again, if the first one was interrupted
}

# On a terminal every run shows, elsewhere every fiftieth.
repeat_progress()
{
    if [ -t 1 ]; then
        printf '\r%6d of %d runs' "$1" "$2"
    elif [ $(($1 % 50)) -eq 0 ]; then
        echo "$1 of $2 runs"
    fi
}

# repeat_count N - reads what the lanes say; fails if there was a flake.
repeat_count()
{
    trap '' INT TERM # what was done is counted, too
    runs=0 flakes=0
    while read -r event run suite; do
        if [ "$event" = 'done' ]; then
            runs=$((runs + 1))
            repeat_progress $runs "$1"
        else
            flakes=$((flakes + 1))
            printf '\nIn run %d %s failed:\n' "$run" "$suite"
            cat $repeat_dir/flake.log
        fi
    done
    [ ! -t 1 ] || echo
    echo "$runs runs, $flakes flakes"
    [ $flakes -eq 0 ]
}

# repeat N
repeat()
{
    case ${1-} in
        '' | *[!0-9]*) die "how often?" ;;
    esac
    build check
    export top_srcdir=.. top_builddir=. # as "make check" does
    must 'Compiling the suites' compile-suites \
        "$make" -C build -j"$jobs" check TESTS=
    mkdir -p $repeat_dir
    rm -f $repeat_dir/stop
    "$make" -s -C build fast-suites >$repeat_dir/suites
    echo "$(wc -l <$repeat_dir/suites) suites, $jobs lanes"
    trap : INT TERM
    repeat_lanes "$1" | repeat_count "$1"
}

# fuzz.sh - ./setup fuzz MINUTES: makes up inputs for the fuzz targets, for
# that long altogether.  Read by setup, whose functions it uses.
#
# What is learned stays in build/fuzz/corpus/NAME for the next time.  An input
# that breaks something is put into build/fuzz/found; once it is understood it
# belongs into fuzz/corpus/NAME, with which every "make check" begins.

# One statistic of libFuzzer's log.
fuzz_statistic()
{
    sed -n "s/^stat::$1: *//p" "$2"
}

# Runs one target; the status is the target's.
fuzz_target()
{
    mkdir -p "build/fuzz/corpus/$1" build/fuzz/found
    "build/fuzz/fuzz/fuzz_$1" -max_total_time="$2" -timeout=10 \
        -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/found/$1-" \
        "build/fuzz/corpus/$1" "fuzz/corpus/$1"
}

# Both ways to say what became of it.
fuzz_report()
{
    runs=$(fuzz_statistic number_of_executed_units "$1")
    speed=$(fuzz_statistic average_exec_per_sec "$1")
    printf '    %s executions, %s a second\n' "${runs:-no}" "${speed:-0}"
    fuzz_runs=$((fuzz_runs + ${runs:-0}))
}

fuzz_all()
{
    for corpus in fuzz/corpus/*; do
        name=${corpus##*/}
        if ! step "Fuzzing $name" "fuzz-$name" fuzz_target "$name" "$1"; then
            findings=$((findings + 1))
            grep -E 'broken promise|runtime error|SUMMARY' "$step_log"
        fi
        fuzz_report "$step_log"
    done
}

# fuzz MINUTES
fuzz()
{
    case ${1-} in
        '' | *[!0-9]*) die "how many minutes?" ;;
    esac
    need build fuzz
    export CC=clang
    configure_in build/fuzz --enable-fuzz --enable-werror --enable-debug \
        --disable-shared --enable-sanitize=address,undefined CFLAGS='-O1 -g'
    compile_in build/fuzz
    fuzz_runs=0 findings=0
    fuzz_all $(($1 * 60 / $(ls fuzz/corpus | wc -l)))
    echo "$fuzz_runs executions, $findings findings"
    [ $findings -eq 0 ]
}

# setup.sh - ./setup bench: compiles the bench and runs it.  Read by ./setup,
# whose functions it uses.

bench()
{
    [ "$(uname)" = Linux ] || die 'the bench needs Linux'
    build demo bench
    must 'Compiling the bench' compile-bench "$make" -C build -j"$jobs" \
        bench-programs
    python3 bench/run --build build "$@"
}

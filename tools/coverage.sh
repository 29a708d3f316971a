# coverage.sh - ./setup coverage: how much of the library the suites reach.  Read
# by setup, whose functions it uses.
#
# What no test can reach says so at its line, with the reason:
#
#     GCOVR_EXCL_LINE, GCOVR_EXCL_START ... GCOVR_EXCL_STOP   lines
#     GCOVR_EXCL_BR_LINE                                      branches of a line
#
# The failing side of an assertion is left out everywhere: it is there because it
# cannot happen.

coverage_table=build/coverage/coverage.csv
coverage_assertions='^ *(assert|WSN_ASSERT_UNLOCKED|WSN_LOCK_NOTE_TAKEN)\('

# What each file has, with the names of its lines and branches.
coverage_measure()
{
    (cd build/coverage &&
        gcovr --root ../.. --object-directory . -j "$jobs" \
            --filter '../../lib/' --filter '../../compat/' \
            --exclude-branches-by-pattern "$coverage_assertions" \
            --csv coverage.csv --html-details coverage.html)
}

# coverage_row NAME FOLDER [LINES BRANCHES] - one line of the table; with goals
# in per cent it fails if they are missed.
coverage_row()
{
    awk -F , -v name="$1" -v folder="$2/" -v lines="${3-}" -v branches="${4-}" '
        function part(hit, total) { return total ? 100 * hit / total : 100 }
        function is_met()
        {
            return part(hit, all) >= lines && part(taken, ways) >= branches
        }
        index($1, folder) == 1 {
            all += $2; hit += $3; ways += $5; taken += $6
        }
        END {
            printf "%-12s %6.2f %% of %5d lines  %6.2f %% of %5d branches",
                name, part(hit, all), all, part(taken, ways), ways
            if (lines != "")
                printf "  goal %d %%, %d %%: %s", lines, branches,
                    is_met() ? "met" : "missed"
            print ""
            exit lines != "" && !is_met()
        }' "$coverage_table"
}

coverage_goal()
{
    if coverage_row "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
}

coverage_rows()
{
    for room in base net core api mgmt; do
        coverage_row $room lib/$room
    done
    coverage_goal codec lib/codec 100 98
    coverage_goal 'the library' lib 95 90
    coverage_row compat compat
}

coverage()
{
    trap say_count EXIT
    need build demo check coverage
    configure_in build/coverage --enable-coverage --enable-debug \
        --disable-shared CFLAGS='-O0 -g'
    compile_in build/coverage
    find build/coverage -name '*.gcda' -exec rm -f {} +
    run_tests 'Running the suites' build/coverage check-suites
    must 'Counting' count-coverage coverage_measure
    coverage_rows
    echo 'Line by line: build/coverage/coverage.html'
    [ $failed -eq 0 ]
}

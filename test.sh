#!/usr/bin/env bash
# Sets up, builds and tests everything, and ends with one line: N passed, N failed[, N skipped].
#
# On Debian and Ubuntu (as root or with password-less sudo) it installs what is missing. Elsewhere install PostgreSQL,
# PgBouncer, MariaDB and Redis, or point BRXSYNC_TEST_POSTGRES, BRXSYNC_TEST_PGBOUNCER, BRXSYNC_TEST_MYSQL,
# BRXSYNC_TEST_MYSQL_TLS, BRXSYNC_TEST_REDIS and BRXSYNC_TEST_REDIS_CLUSTER at running servers. Nothing it starts stays behind.
set -uo pipefail
[ "${BASH_VERSINFO[0]}${BASH_VERSINFO[1]}" -ge 51 ] || { echo "test.sh needs bash 5.1 or later; this is $BASH_VERSION." >&2; echo "0 passed, 1 failed"; exit 1; }
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
source eng/servers.sh

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
export LC_ALL=C.UTF-8

# Projects that take longest come first, so that the two lanes end together; the others follow in any order.
heavy="BrxSync.Integration.Tests BrxSync.Store.Compliance BrxSync.Deployments.Tests BrxSync.Fleet.Tests BrxSync.Properties.Tests BrxSync.Architecture.Tests"
lanes=2
project_limit=900 # seconds

passed=0 failed=0 skipped=0
compiler_id="brxsync-$$-$RANDOM"
running=()

clean_up() {
  local pid
  trap - EXIT
  trap '' INT TERM HUP
  for pid in "${running[@]}"; do kill -TERM "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
  # The compiler server that the build started under a name of our own.
  for pid in $(grep -las -- "$compiler_id" /proc/[0-9]*/cmdline | cut -d/ -f3); do
    [ "$pid" = $$ ] || { tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q VBCSCompiler && kill "$pid"; } 2>/dev/null
  done
  rm -f "${TMPDIR:-/tmp}/$compiler_id" # its socket
  servers_end
}

finish() {
  clean_up
  local line="$passed passed, $failed failed"
  [ "$skipped" -eq 0 ] || line+=", $skipped skipped"
  printf '%s\n' "$line"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && exit 0
  exit 1
}

# A step that everything depends on counts as one failure when it fails.
must() {
  "$@" </dev/null && return 0
  say "Failed: $*"
  failed=$((failed + 1))
  finish
}

interrupted() {
  say "Interrupted."
  failed=$((failed + 1))
  finish
}

# In the background and awaited, so that a signal is acted on at once.
build() {
  local code
  dotnet build BrxSync.sln -v q -p:SharedCompilationId="$compiler_id" >&2 &
  running=("$!")
  wait "$!"
  code=$?
  running=()
  return "$code"
}

test_projects() {
  local name project
  for name in $heavy; do
    [ -f "tests/$name/$name.csproj" ] && printf '%s\n' "$name"
  done
  for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    case "$name" in
      *Testing | *AotSmoke) ;; # a library, and a program that a test publishes
      *) [[ " $heavy " == *" $name "* ]] || printf '%s\n' "$name" ;;
    esac
  done
}

# Runs one project; its console output, result file and exit code go to the temporary folder.
run_project() {
  local name=$1 results="$servers_folder/results" tests
  timeout --kill-after=20 "$project_limit" dotnet test "artifacts/bin/$name/debug/$name.dll" --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" >"$results/$name.log" 2>&1 </dev/null &
  tests=$!
  # timeout passes the signal on to the whole process group of the test run.
  trap 'kill -TERM "$tests" 2>/dev/null; wait "$tests"; exit 1' TERM
  wait "$tests"
  printf '%s' "$?" >"$results/$name.code"
}

attribute() { sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p" <<<"$1"; }

# Adds a project's counts. A project without a result, without a test, or that failed without a failed test (its host died)
# is one failure.
count_project() {
  local name=$1 results="$servers_folder/results" counters code total=0 executed=0 good=0 bad=0
  code=$(cat "$results/$name.code" 2>/dev/null || echo 1)
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null | head -n 1)
  if [ -n "$counters" ]; then
    total=$(attribute "$counters" total)
    executed=$(attribute "$counters" executed)
    good=$(attribute "$counters" passed)
    bad=$((executed - good))
  fi
  local note=""
  if [ "$total" -eq 0 ]; then
    note="ran no test"
  elif [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then
    note="ran longer than $project_limit s"
  elif [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then
    note="ended with code $code"
  fi
  [ -z "$note" ] || bad=$((bad + 1))
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - executed))
  if [ "$bad" -gt 0 ]; then
    cat "$results/$name.log" >&2 2>/dev/null
  fi
  say "$name: $good passed, $bad failed${note:+ ($note)}"
}

run_all() {
  local name pid count=0
  declare -A names=()
  mkdir -p "$servers_folder/results"
  for name in $(test_projects); do
    if [ "$count" -ge "$lanes" ]; then
      wait -n -p pid "${running[@]}"
      collect
    fi
    run_project "$name" &
    names[$!]=$name
    running+=("$!")
    count=$((count + 1))
  done
  while [ "$count" -gt 0 ]; do
    wait -n -p pid "${running[@]}"
    collect
  done
}

# The end of one running project: pid, names and count are run_all's.
collect() {
  local rest=() other
  for other in "${running[@]}"; do [ "$other" = "$pid" ] || rest+=("$other"); done
  running=("${rest[@]}")
  count=$((count - 1))
  count_project "${names[$pid]}"
}

trap clean_up EXIT
trap interrupted INT TERM HUP

command -v dotnet >/dev/null 2>&1 || { say "Install the .NET 10 SDK first: https://dotnet.microsoft.com/download"; failed=1; finish; }
must servers_begin
must start_postgresql
must start_pgbouncer
must start_mariadb
must start_redis
must start_redis_cluster
must build
run_all
finish

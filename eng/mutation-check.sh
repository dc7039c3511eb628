#!/usr/bin/env bash
# Breaks each stock rule on purpose, one line at a time (eng/mutation/mutants.tsv), and expects the tests of the rules to fail.
# The rules have no dependencies, so they are compiled with their tests into one small assembly per mutant: no project is rebuilt.
# Usage: eng/mutation-check.sh [-j JOBS] [-t CLASS] [text]
#   -t CLASS  only tests of classes whose names contain CLASS: "-t Properties" leaves it to the random histories alone
#   text      only mutants whose line contains the text, such as a rule's name
# Prints a line per mutant, and ends with 1 when one survived or no longer applies. Needs a build of tests/BrxSync.Properties.Tests.
set -euo pipefail

root="$(cd "$(dirname "$0")/.." && pwd)"
jobs=1 tests=()
while getopts j:t: option; do
  case "$option" in
    j) jobs="$OPTARG" ;;
    t) tests=("$OPTARG") ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
only="${1:-}"
mkdir -p "$root/artifacts"
work="$(mktemp -d "$root/artifacts/mutants.XXXXXX")"
trap 'rm -rf "$work"' EXIT

dotnet_root="$(dirname "$(readlink -f "$(command -v dotnet)")")"
sdk="$dotnet_root/sdk/$(cd "$root" && dotnet --version)"
runtime="$(dotnet --list-runtimes | awk '$1 == "Microsoft.NETCore.App" && $2 ~ /^10\./ { v = $2; p = $3 } END { gsub(/[][]/, "", p); print p "/" v }')"
built="$root/artifacts/bin/BrxSync.Properties.Tests/debug"
[[ -f "$built/BrxSync.Properties.Tests.dll" ]] || dotnet build "$root/tests/BrxSync.Properties.Tests" -v q --nologo

# What the SDK would pass to the compiler, for this one assembly.
for namespace in System System.Collections.Generic System.IO System.Linq System.Threading System.Threading.Tasks Xunit Shouldly; do
  echo "global using $namespace;"
done > "$work/Usings.cs"

# Gives a worker its own copy of the rules and its own output.
prepare() {
  local lane="$1"
  mkdir -p "$lane/rules" "$lane/bin"
  cp "$built"/*.dll "$lane/bin/"
  cp "$built/BrxSync.Properties.Tests.runtimeconfig.json" "$lane/bin/Mutant.runtimeconfig.json"
  find "$root/src/BrxSync.Sync/Stock" -name '*.cs' -exec cp -t "$lane/rules" {} +
  cp "$root/src/BrxSync.Sync/Items/"{ItemStatus,SafetyStock}.cs "$lane/rules/"
  {
    echo "-nologo -nostdlib -langversion:latest -nullable:enable -optimize+ -debug- -warn:0 -target:exe -out:$lane/bin/Mutant.dll"
    for library in "$runtime"/*.dll "$built"/xunit.*.dll "$built/Shouldly.dll" "$built/BrxSync.Testing.dll"; do
      case "$(basename "$library")" in
        Microsoft.VisualBasic*.dll | *Native*.dll | xunit.runner.*.dll) ;;
        *) echo "-r:$library" ;;
      esac
    done
    echo "$work/Usings.cs $root/eng/mutation/Runner.cs"
    echo "$root/src/BrxSync.Client/*Id.cs $root/src/BrxSync.Client/Serialization/IEntityId.cs"
    echo "-recurse:$root/tests/BrxSync.Properties.Tests/Stock/*.cs -recurse:$lane/rules/*.cs"
  } > "$lane/mutant.rsp"
}

build() { dotnet exec "$sdk/Roslyn/bincore/csc.dll" -shared "@$1/mutant.rsp" > "$1/build.log" 2>&1; }
check() { (cd "$root" && BRXSYNC_SHRINK=0 dotnet exec "$1/bin/Mutant.dll" "${tests[@]}" > "$1/test.log" 2>&1); }

try() {
  local lane="$1" rule="$2" file="$3" change="$4" what="$5" verdict
  local original
  original="$(find "$root/src/BrxSync.Sync/Stock" -name "$file")"
  sed "$change" "$original" > "$lane/rules/$file"
  if cmp -s "$original" "$lane/rules/$file"; then
    verdict=STALE
  elif ! build "$lane"; then
    verdict="DOES NOT BUILD: $(head -1 "$lane/build.log")"
  elif check "$lane"; then
    verdict=SURVIVED
  else
    verdict="killed by $(tail -1 "$lane/test.log")"
  fi
  printf '%-4s %-54s %s\n' "$rule" "$what" "$verdict"
  cp "$original" "$lane/rules/$file"
}

prepare "$work/0"
build "$work/0" || { cat "$work/0/build.log"; exit 1; }
check "$work/0" || { cat "$work/0/test.log"; echo "The tests fail without any mutant."; exit 1; }
echo "without a mutant: $(cat "$work/0/test.log")"

grep -v -e '^#' -e '^$' "$root/eng/mutation/mutants.tsv" | grep -F -- "$only" > "$work/mutants.tsv"
for ((lane = 0; lane < jobs; lane++)); do
  prepare "$work/$lane"
  awk -v jobs="$jobs" -v lane="$lane" 'NR % jobs == lane' "$work/mutants.tsv" | while IFS=$'\t' read -r rule file change what; do
    try "$work/$lane" "$rule" "$file" "$change" "$what"
  done | tee -a "$work/verdicts" &
done
wait

count() { grep -c "$@" "$work/verdicts" || true; }
echo "$(count ' killed by ') killed, $(count ' SURVIVED$') survived, $(count -e ' STALE$' -e ' DOES NOT BUILD') stale"
! grep -q -e ' SURVIVED$' -e ' STALE$' -e ' DOES NOT BUILD' "$work/verdicts"

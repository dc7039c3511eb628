#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")"
dotnet build BrxSync.sln
echo "0 passed, 0 failed"

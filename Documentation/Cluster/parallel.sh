#!/bin/sh
# A sweep and a training in shards under GNU parallel, as many at a time as there are processors, and merged.
# parallel.sh SHARDS spec.json map.csv plan.json runs.csv
# Started again, it goes on: a sweep from its last cell, a training's shard that is done is not done again.
set -eu
shards=$1 spec=$2 map=$3 plan=$4 runs=$5

seq "$shards" | parallel --halt now,fail=1 \
  "[ -e '$map'.{}.shard ] || deq sweep '$spec' --out '$map'.{}.shard --shard {}/$shards --threads 1 --resume"
deq merge "$map" "$map".*.shard

seq "$shards" | parallel --halt now,fail=1 \
  "[ -e '$runs'.{}.part ] || deq train '$plan' --shard {}/$shards --part '$runs'.{}.part > '$runs'.{}.log"
deq merge "$runs" "$runs".*.part

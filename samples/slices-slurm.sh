#!/usr/bin/env bash
#SBATCH --job-name=slices
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=slice-%a.log
# Exports the slices of a plan as a Slurm array, one slice for each task:
#
#   logscale-paging plan -q '...' -s 30d --slices 64 -o /shared/case/plan.json
#   sbatch --array=0-63%16 slices-slurm.sh /shared/case/plan.json
#
# Each node needs the program in the same version, the settings of the connection (LOGSCALE_BASE_URL, LOGSCALE_TOKEN) and the folder of
# the plan. Slurm sets SLURM_ARRAY_TASK_ID, which names the slice. A task whose server is busy is queued again and continues, and so is a task
# whose node is lost. Any other failure ends the task with the exit code of logscale-paging.
set -u
plan=${1:?usage: sbatch --array=0-N slices-slurm.sh PLAN}
tool=${LOGSCALE_PAGING:-logscale-paging}

"$tool" slice --plan "$plan" --quiet
code=$?
[ "$code" = 75 ] && scontrol requeue "$SLURM_JOB_ID"
exit $code

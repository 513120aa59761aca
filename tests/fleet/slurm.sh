# shellcheck shell=bash
# A Slurm array on one machine: a controller and two nodes, which share the host name and have different ports.

slurm() {
    install slurmctld slurmd slurm-client munge || { echo "Slurm cannot be installed."; failed=$((failed + 1)); return; }
    local etc=$work/slurm
    local folder=$work/slurm-case
    mkdir -p "$etc"/{state,one,two,log} /run/munge
    if ! munge -n > /dev/null 2>&1; then
        munged --force --foreground > "$etc/log/munged" 2>&1 &
        started+=($!)
        wait_for 10 munge -n || { echo "munged did not start."; tail -3 "$etc/log/munged"; failed=$((failed + 1)); return; }
    fi
    configure "$etc"
    export SLURM_CONF=$etc/slurm.conf
    slurmctld -D -i > "$etc/log/slurmctld" 2>&1 &
    started+=($!)
    for node in one two; do
        slurmd -D -N "$node" > "$etc/log/slurmd-$node" 2>&1 &
        started+=($!)
    done
    wait_for 30 both_idle || { echo "The nodes are not ready."; sinfo; tail -5 "$etc"/log/*; failed=$((failed + 1)); return; }
    sinfo --Node --noheader --format 'node  %N %T'
    plan "$folder"
    array "$folder"
}

both_idle() { [[ $(sinfo --noheader --states idle --Node | wc -l) == 2 ]]; }

configure() { # folder
    cat > "$1/slurm.conf" << CONF
ClusterName=fleet
SlurmctldHost=$(hostname -s)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CryptoType=crypto/munge
# A requeued task begins only after the credential of its first run has expired, by default after 120 s.
AuthInfo=cred_expire=15
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmctldPidFile=$1/slurmctld.pid
SlurmdPidFile=$1/slurmd-%n.pid
SlurmctldPort=16817
StateSaveLocation=$1/state
SlurmdSpoolDir=$1/%n
SwitchType=switch/none
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobRequeue=1
SchedulerParameters=requeue_delay=1
NodeName=one NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=16818 CPUs=1 State=UNKNOWN
NodeName=two NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=16819 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=one,two Default=YES MaxTime=INFINITE State=UP
CONF
}

# The task is the sample. It first says where it runs, and by which process.
task_script() { # folder
    cat > "$1/task.sh" << TASK
#!/bin/bash
#SBATCH --array=0-3 --requeue --output=$1/task-%a.log --open-mode=append
echo "task \$SLURM_ARRAY_TASK_ID on \$SLURMD_NODENAME, restart \${SLURM_RESTART_COUNT:-0}"
echo \$\$ > $1/pid-\$SLURM_ARRAY_TASK_ID
export LOGSCALE_PAGING=$root/src/LogScalePaging.Cli/bin/Release/net10.0/logscale-paging
exec bash -c 'bash "\$1" "\$2"; code=\$?; echo "exit \$code"; exit \$code' task $root/samples/slices-slurm.sh $1/plan.json
TASK
}

array() { # folder
    task_script "$1"
    local job
    job=$(sbatch --parsable "$1/task.sh") || { failed=$((failed + 1)); return; }
    echo "array $job"
    # A slice is in mid-run while it writes a part.
    wait_for 60 writing "$1" || echo "No slice was seen in mid-run."
    local victim
    victim=$(writing "$1")
    echo "killing task $victim in mid-run: $(ls "$1"/slice-*-0000"$victim".ndjson.partial | tr '\n' ' ')"
    # The task and its program disappear at once, as on a node that loses its power.
    # shellcheck disable=SC2046
    kill -KILL $(descendants "$(cat "$1/pid-$victim")")
    wait_for 30 scontrol requeue "${job}_$victim" || echo "Slurm did not requeue the task."
    wait_for 180 array_ended "$job"
    cat "$1"/task-?.log
    check "all four tasks ended" array_ended "$job"
    check "the killed task did not end" test "$(grep -c 'exit' "$1/task-$victim.log")" = 1
    check "the killed task was started again" grep -q "restart [1-9]" "$1/task-$victim.log"
    check "each task ended with 0" test "$(grep -h 'exit' "$1"/task-?.log | grep -c 'exit 0')" -ge 4
    check "both nodes took tasks" test "$(grep -ho 'on one\|on two' "$1"/task-?.log | sort -u | wc -l)" = 2
    check "merged slices are, byte for byte, one run" merged_is_single "$1"
}

descendants() { # process: it and those that it started
    local child
    echo "$1"
    for child in $(pgrep -P "$1"); do descendants "$child"; done
}

writing() { # folder: the index of a slice that writes a part
    local part
    for part in "$1"/slice-*.partial/part-*.tmp; do
        [[ $part =~ slice-[0-9a-f]+-0000([0-3])\.ndjson ]] && [[ -f $part ]] && echo "${BASH_REMATCH[1]}" && return
    done
    return 1
}

array_ended() { [[ -z $(squeue --noheader --job "$1" 2>/dev/null) ]]; }

# shellcheck shell=bash
# PowerShell remoting over SSH on loopback: one session for each slice that runs at the same time.

ssh_sessions() {
    install openssh-server || { echo "openssh-server cannot be installed."; failed=$((failed + 1)); return; }
    local etc=$work/ssh
    local folder=$work/ssh-case
    mkdir -p "$etc" /run/sshd
    ssh-keygen -q -t ed25519 -N '' -f "$etc/host"
    ssh-keygen -q -t ed25519 -N '' -f "$etc/user"
    cp "$etc/user.pub" "$etc/authorized"
    chmod 600 "$etc"/*
    chmod 700 "$etc"
    cat > "$etc/sshd_config" << CONF
Port 16822
ListenAddress 127.0.0.1
HostKey $etc/host
PidFile $etc/sshd.pid
AuthorizedKeysFile $etc/authorized
PasswordAuthentication no
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
Subsystem powershell $pwsh -sshs -NoLogo -NoProfile
CONF
    /usr/sbin/sshd -D -f "$etc/sshd_config" -E "$etc/log" &
    started+=($!)
    wait_for 10 bash -c 'exec 3<>/dev/tcp/127.0.0.1/16822' || { echo "sshd did not start."; failed=$((failed + 1)); return; }
    plan "$folder"
    check "two sessions export four slices" "$pwsh" -NoProfile -File "$root/tests/fleet/sessions.ps1" \
        -Plan "$folder/plan.json" -Key "$etc/user" -Module "$root/out/LogScalePaging/LogScalePaging.psd1"
    cat "$work/check.log"
    check "merged slices are, byte for byte, one run" merged_is_single "$folder"
}

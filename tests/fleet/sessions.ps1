# Exports the slices of a plan in two sessions over SSH. A session runs one command at a time, so each of them takes the next slice when
# it is free. The token is sent in the encrypted session and is not written to a file.
param([string] $Plan, [string] $Key, [string] $Module)
$ErrorActionPreference = 'Stop'

$options = @{ StrictHostKeyChecking = 'no'; UserKnownHostsFile = '/dev/null' }
$sessions = 1..2 | ForEach-Object { New-PSSession -HostName 127.0.0.1 -Port 16822 -UserName root -KeyFilePath $Key -Options $options }
try {
    Invoke-Command -Session $sessions {
        $env:LOGSCALE_BASE_URL, $env:LOGSCALE_REPO, $env:LOGSCALE_TOKEN = $using:env:LOGSCALE_BASE_URL, $using:env:LOGSCALE_REPO, $using:env:LOGSCALE_TOKEN
        Import-Module $using:Module
    }
    $left = [System.Collections.Generic.Queue[int]](0..3)
    $running = @{}
    while ($left.Count -or $running.Count) {
        foreach ($session in $sessions | Where-Object { $left.Count -and -not $running.ContainsKey($_.Id) }) {
            $index = $left.Dequeue()
            $running[$session.Id] = @{ Index = $index; Job = Invoke-Command -Session $session -AsJob { Invoke-PagedExportSlice $using:Plan -Index $using:index } }
        }
        $null = Wait-Job -Any -Job $running.Values.Job
        foreach ($id in @($running.Keys | Where-Object { $running[$_].Job.State -ne 'Running' })) {
            $came = $running[$id]
            $running.Remove($id)
            $errors = $null
            $result = Receive-Job $came.Job -ErrorAction SilentlyContinue -ErrorVariable errors
            # Another run has the slice, or the server is busy: later again.
            if ($errors | Where-Object FullyQualifiedErrorId -Like 'TryAgain*') { $left.Enqueue($came.Index) }
            elseif ($errors) { throw $errors[0] }
            else { "session $id, slice $($came.Index): $($result.State), $($result.Events) events" }
        }
    }
} finally {
    Remove-PSSession $sessions
}

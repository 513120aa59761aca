<#
.SYNOPSIS
For the Task Scheduler of Windows, or cron: exports what came since the last run, each event exactly once over all runs.
.DESCRIPTION
Save the token once, as the account that will run the task. On Windows, only this account can read the file:
  Read-Host -AsSecureString 'Token' | Export-Clixml C:\ProgramData\Logons\token.xml

Then register the task. A run that is still active makes the next one wait for its turn:
  $action = New-ScheduledTaskAction pwsh.exe '-NoProfile -NonInteractive -File C:\Scripts\ScheduledExport.ps1 -BaseUrl https://logscale.example.com -Repository main -Folder C:\ProgramData\Logons'
  $trigger = New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes 15)
  Register-ScheduledTask Logons -Action $action -Trigger $trigger -User SYSTEM -Settings (New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -StartWhenAvailable)

Each step has its own file, events-START.ndjson.gz with a manifest, and one line in log.csv. Take a file only when its manifest exists.
The last result of the task is the exit code: 0 all events are exported, 1 the run failed, 3 a gap remains, which the next run reads,
4 events arrived after the look-back and are in no file.
#>
param(
    [Parameter(Mandatory)] [string] $BaseUrl,
    [Parameter(Mandatory)] [string] $Repository,
    [Parameter(Mandatory)] [string] $Folder,
    [string] $Query = '#event_simpleName=UserLogon',
    [string] $Start = '24h',
    [string] $Lag = '5m',
    [string] $Lookback = '1h'
)
$ErrorActionPreference = 'Stop'
Import-Module ($env:LOGSCALEPAGING_MODULE, 'LogScalePaging' | Where-Object { $_ } | Select-Object -First 1)

$line = [ordered]@{ Time = [datetime]::UtcNow.ToString('s'); Code = 1; Events = 0; Watermark = ''; Behind = ''; Text = '' }
try {
    $null = Connect-LogScale $BaseUrl -Repository $Repository -Token (Import-Clixml (Join-Path $Folder 'token.xml'))
    $run = Invoke-QueryJobExport $Query (Join-Path $Folder 'events-{start}-{end}.ndjson.gz') -Watermark (Join-Path $Folder 'watermark.json') -Start $Start -Lag $Lag -Lookback $Lookback -ErrorAction SilentlyContinue -ErrorVariable failures
    $line.Text = "$failures"
    if ($run) {
        $line.Events = $run.Events
        $line.Watermark = if ($run.RangeEnd) { $run.RangeEnd.ToString('s') }
        $line.Behind = $run.Behind
        $line.Code = if ($run.HasGap -or $run.State -eq 'Incomplete') { 3 } elseif ($run.TooLate) { 4 } else { 0 }
        if (-not $failures) { $line.Text = $run.Reason }
    }
}
catch {
    $line.Text = "$_"
}
finally {
    Disconnect-LogScale -ErrorAction Ignore
}
[pscustomobject]$line | Export-Csv (Join-Path $Folder 'log.csv') -Append -NoTypeInformation
exit $line.Code

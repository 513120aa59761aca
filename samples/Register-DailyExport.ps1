<#
.SYNOPSIS
Makes a task of Windows Task Scheduler that runs DailyExport.ps1 every night, and again each hour until the day is complete.
.EXAMPLE
./Register-DailyExport.ps1 -BaseUrl https://logscale.example.com -Repository falcon -Folder D:\logons
Asks for the token, stores it for this user, and makes the task.
#>
param(
    [Parameter(Mandatory)] [string] $BaseUrl,
    [Parameter(Mandatory)] [string] $Repository,
    [Parameter(Mandatory)] [string] $Folder,
    # The password is the token.
    [pscredential] $Credential = (Get-Credential -UserName token -Message 'The token of LogScale, as the password'),
    [string] $TaskName = 'LogScale daily export',
    [string] $Module = 'LogScalePaging'
)
$ErrorActionPreference = 'Stop'
$null = New-Item -ItemType Directory $Folder -Force
# A backslash before a quote would escape it.
$Folder = $Folder.TrimEnd('\', '/')
$secret = Join-Path $Folder 'token.clixml'
# On Windows, DPAPI encrypts the password. Only this user can read it, on this computer, so the task must run as this user.
$Credential | Export-Clixml $secret

$values = [ordered]@{ BaseUrl = $BaseUrl; Repository = $Repository; Credential = $secret; Folder = $Folder; Module = $Module }
$arguments = @('-NoProfile', '-NonInteractive', '-File', "`"$(Join-Path $PSScriptRoot DailyExport.ps1)`"") +
    @($values.Keys | ForEach-Object { "-$_", "`"$($values[$_])`"" })
$action = New-ScheduledTaskAction -Execute (Get-Process -Id $PID).Path -Argument ($arguments -join ' ')
# In UTC the day ends at different local times in summer and winter. A run that has nothing to do ends at once.
$trigger = New-ScheduledTaskTrigger -Once -At '00:20' -RepetitionInterval ([timespan]::FromHours(1))
# A run that takes longer than an hour goes on, and no second one begins.
$settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -StartWhenAvailable -ExecutionTimeLimit ([timespan]::FromHours(23))
Register-ScheduledTask -TaskName $TaskName -Action $action -Trigger $trigger -Settings $settings -Description 'Exports the events of the last day.' -Force

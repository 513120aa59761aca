<#
.SYNOPSIS
Exports yesterday's events (UTC) to a folder. For Windows Task Scheduler: Register-DailyExport.ps1 makes the task.
.DESCRIPTION
A run that broke off is continued by the next run. A complete day is not exported again. The exit code is 0 if the day is complete and
verified, else 1.
#>
param(
    [Parameter(Mandatory)] [string] $BaseUrl,
    [Parameter(Mandatory)] [string] $Repository,
    # A file of Export-Clixml with a credential whose password is the token. On Windows only the same user can read it.
    [Parameter(Mandatory)] [string] $Credential,
    [Parameter(Mandatory)] [string] $Folder,
    [string] $Query = '#event_simpleName=UserLogon',
    # A module that is not in PSModulePath.
    [string] $Module = 'LogScalePaging'
)
$ErrorActionPreference = 'Stop'
$log = Join-Path $Folder 'export.log'
try {
    $today = [datetime]::UtcNow.Date
    $range = @{ Start = $today.AddDays(-1).ToString('yyyy-MM-ddT00:00:00Z'); End = $today.ToString('yyyy-MM-ddT00:00:00Z') }
    $path = Join-Path $Folder ('{0:yyyy-MM-dd}.ndjson.gz' -f $today.AddDays(-1))

    Import-Module $Module
    $null = Connect-LogScale $BaseUrl -Repository $Repository -Token (Import-Clixml $Credential)
    # -Resume continues an earlier run, begins if there was none, and ends at once if the file is complete.
    $how = @{ Resume = $true }
    if ((Test-Path "$path.manifest.json") -and -not (Test-Path "$path.partial")) {
        # A file without its proof is exported again. It stays until the new one is whole.
        if ((Get-Content "$path.manifest.json" -Raw | ConvertFrom-Json).state -ne 'Complete') { $how = @{ Force = $true } }
    }
    $export = Invoke-QueryJobExport $Query $path @range @how -RequireComplete
    if (-not (Test-PagedExport $path -Quiet)) { throw "$path does not agree with its manifest." }
    Add-Content $log "$([datetime]::UtcNow.ToString('s'))Z $path is $($export.State): $($export.Events) events"
}
catch {
    Add-Content $log "$([datetime]::UtcNow.ToString('s'))Z $_"
    exit 1
}

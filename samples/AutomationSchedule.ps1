<#
.SYNOPSIS
An Azure Automation runbook for a schedule: stores what came since the last job in a blob container, each event exactly once.
.DESCRIPTION
The sandbox of a job is deleted when the job ends, so the watermark file is a blob too. The files of a job are stored first, and the
watermark last. If a job ends in between, the next one exports the same range again and replaces the blobs of the same names.
Do not let two jobs overlap: give the schedule more time than a job takes.

The Automation account needs the modules LogScalePaging, Az.Accounts and Az.Storage, a credential asset whose password is the
LogScale token, and a managed identity that may read and write the container.
#>
param(
    [Parameter(Mandatory)] [string] $BaseUrl,
    [Parameter(Mandatory)] [string] $Repository,
    [Parameter(Mandatory)] [string] $StorageAccount,
    [string] $Container = 'logscale',
    [string] $Query = '#event_simpleName=UserLogon',
    [string] $Start = '24h',
    [string] $Lag = '5m',
    [string] $Lookback = '1h',
    [string] $Credential = 'LogScale'
)
$ErrorActionPreference = 'Stop'

$null = Connect-AzAccount -Identity
$blobs = @{ Container = $Container; Context = New-AzStorageContext -StorageAccountName $StorageAccount -UseConnectedAccount }
$null = Connect-LogScale $BaseUrl -Repository $Repository -Token (Get-AutomationPSCredential -Name $Credential)

$folder = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "export-$([guid]::NewGuid().ToString('n'))")).FullName
try {
    # A list with a prefix is empty if there is no blob. Any other problem of the storage ends the job, because without its watermark
    # the schedule would begin again.
    $watermark = Join-Path $folder 'watermark.json'
    if (Get-AzStorageBlob @blobs -Prefix 'watermark.json' | Where-Object Name -EQ 'watermark.json') {
        $null = Get-AzStorageBlobContent @blobs -Blob 'watermark.json' -Destination $watermark -Force
    }

    # What broke off cannot be resumed in another sandbox, so the error of a broken step ends the job after the good steps are stored.
    $run = Invoke-QueryJobExport $Query (Join-Path $folder 'events-{start}.ndjson.gz') -Watermark $watermark -Start $Start -Lag $Lag -Lookback $Lookback -ErrorAction SilentlyContinue -ErrorVariable failures

    foreach ($export in $run.Exports | Where-Object ManifestPath) {
        foreach ($path in $export.Files + $export.ManifestPath) {
            $null = Set-AzStorageBlobContent @blobs -File $path -Blob (Split-Path $path -Leaf) -Force
        }
    }
    if ($run) {
        $null = Set-AzStorageBlobContent @blobs -File $watermark -Blob 'watermark.json' -Force
    }
    if ($failures) { throw $failures[0] }
    if ($run.TooLate) { Write-Warning "$($run.TooLate) events arrived after the look-back of $Lookback and are in no file." }
}
finally {
    Remove-Item $folder -Recurse
}

$run | Select-Object State, HasGap, Events, Recovered, TooLate, RangeStart, RangeEnd, Behind

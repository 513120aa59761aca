<#
.SYNOPSIS
An Azure Automation runbook: exports a day of events to a blob container, and fails if events are missing.
.DESCRIPTION
The Automation account needs:
- the modules LogScalePaging, Az.Accounts and Az.Storage
- the variables LogScaleBaseUrl, LogScaleRepository and ExportStorageAccount
- a credential asset LogScale, whose password is the LogScale token
- a managed identity that may write to the container

A sandbox of Azure Automation ends after 3 hours, and its disk is deleted. The export therefore ends after 2 hours and 45 minutes
(-StopAfter), and what was read goes to the container. The next run of the same day gets it back and goes on there. Schedule the runbook
every 3 hours: a day that is complete is not exported again.
Runbook.Tests.ps1 shows how to test this runbook without Azure and without LogScale.
#>
[CmdletBinding()]
param(
    [string] $Query = '#event_simpleName=UserLogon',
    # The day to export, in UTC. The default is yesterday.
    [datetime] $Day = [datetime]::UtcNow.Date.AddDays(-1),
    [string] $Container = 'logscale',
    [string] $StopAfter = '2h45m',
    # Windows of time are read in parallel and saved one by one. What one job holds as a whole could not be saved in part.
    [string] $Strategy = 'Window'
)
$ErrorActionPreference = 'Stop'

$name = '{0:yyyy-MM-dd}.ndjson.gz' -f $Day
$folder = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "export-$([guid]::NewGuid().ToString('n'))")).FullName
$file = Join-Path $folder $name

# The files of an unfinished export are in one folder. In the container they are under this prefix.
$partial = "$file.partial"
$prefix = "unfinished/$name/"

function Get-Unfinished { @(Get-AzStorageBlob -Container $Container -Context $context -Prefix $prefix) }

function Save-Unfinished {
    # A lock belongs to this computer. The checkpoint comes last: if the upload breaks off, the earlier one is still there.
    foreach ($part in Get-ChildItem $partial -File | Where-Object Name -NotLike 'lock*' | Sort-Object { $_.Name -eq 'checkpoint.json' }) {
        $null = Set-AzStorageBlobContent -File $part.FullName -Blob "$prefix$($part.Name)" -Container $Container -Context $context -Force
    }
}

function Restore-Unfinished {
    foreach ($blob in Get-Unfinished) {
        $null = New-Item -ItemType Directory $partial -Force
        $null = Get-AzStorageBlobContent -Blob $blob.Name -Destination (Join-Path $partial (Split-Path $blob.Name -Leaf)) -Container $Container -Context $context -Force
    }
}

try {
    $null = Connect-AzAccount -Identity
    $context = New-AzStorageContext -StorageAccountName (Get-AutomationVariable -Name ExportStorageAccount) -UseConnectedAccount
    if (@(Get-AzStorageBlob -Container $Container -Context $context -Prefix "$name.manifest.json")) {
        "$name is complete."
        return
    }

    $null = Connect-LogScale (Get-AutomationVariable -Name LogScaleBaseUrl) -Repository (Get-AutomationVariable -Name LogScaleRepository) `
        -Token (Get-AutomationPSCredential -Name LogScale)
    # The range is absolute, so that each run of this day is the same export.
    $range = @{ Start = $Day.ToString('yyyy-MM-ddT00:00:00Z'); End = $Day.AddDays(1).ToString('yyyy-MM-ddT00:00:00Z') }
    Restore-Unfinished
    try {
        $export = Invoke-QueryJobExport $Query $file @range -Strategy $Strategy -Resume -StopAfter $StopAfter -RequireComplete
    }
    catch {
        # An export that ended early has its files in the folder, whether time ran out or the server failed.
        if (-not (Test-Path $partial)) { throw }
        Save-Unfinished
        # The time limit is not a failure. The error has the result of the export as its target.
        if ("$($_.TargetObject.Reason)" -notlike '*-StopAfter*') { throw }
        Write-Warning "$name is not complete yet. The next run goes on. $_"
        return
    }

    # The manifest is uploaded last: where it is, the day is complete.
    foreach ($path in $file, $export.ManifestPath) {
        # Verify what is stored, not what was sent.
        $null = Set-AzStorageBlobContent -File $path -Blob (Split-Path $path -Leaf) -Container $Container -Context $context -Force
        $stored = Join-Path $folder stored
        $null = New-Item -ItemType Directory $stored -Force
        $copy = Join-Path $stored (Split-Path $path -Leaf)
        $null = Get-AzStorageBlobContent -Blob (Split-Path $path -Leaf) -Destination $copy -Container $Container -Context $context -Force
        if ((Get-FileHash $copy).Hash -ne (Get-FileHash $path).Hash) { throw "The blob $(Split-Path $path -Leaf) differs from the file that was uploaded." }
    }
    if (-not (Test-PagedExport (Join-Path $stored $name) -Quiet)) { throw "The blob $name does not agree with its manifest." }

    Get-Unfinished | ForEach-Object { Remove-AzStorageBlob -Blob $_.Name -Container $Container -Context $context }
    $export | Select-Object State, Events, Expected, RangeStart, RangeEnd, Sha256
}
finally {
    Remove-Item $folder -Recurse -Force
}

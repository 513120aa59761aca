<#
.SYNOPSIS
An Azure Automation runbook: exports a day of events to a blob container, and fails if events are missing.
.DESCRIPTION
The Automation account needs the modules LogScalePaging, Az.Accounts and Az.Storage, a credential asset whose password is the
LogScale token, and a managed identity that may write to the container.
Runbook.Tests.ps1 shows how to test this runbook without Azure and without LogScale.
#>
param(
    [Parameter(Mandatory)] [string] $BaseUrl,
    [Parameter(Mandatory)] [string] $Repository,
    [Parameter(Mandatory)] [string] $StorageAccount,
    [string] $Container = 'logscale',
    [string] $Query = '#event_simpleName=UserLogon',
    [string] $Start = '24h',
    [string] $Credential = 'LogScale'
)
$ErrorActionPreference = 'Stop'

$null = Connect-LogScale $BaseUrl -Repository $Repository -Token (Get-AutomationPSCredential -Name $Credential)

# The temporary folder of a sandbox is deleted when the job ends, so there is nothing to resume.
$folder = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "export-$([guid]::NewGuid().ToString('n'))")).FullName
try {
    # The manifest names the file. Keep the name, so that Test-PagedExport can check the blob after a download.
    $file = Join-Path $folder ('{0:yyyy-MM-dd}.ndjson.gz' -f [datetime]::UtcNow)
    $export = Invoke-QueryJobExport $Query $file -Start $Start

    # An incomplete export must not be stored as the day's events.
    if ($export.State -ne 'Complete') {
        throw "The export is $($export.State): $($export.Reason). $($export.Events) of $($export.Expected) events were received."
    }

    $null = Connect-AzAccount -Identity
    $context = New-AzStorageContext -StorageAccountName $StorageAccount -UseConnectedAccount
    foreach ($path in $file, $export.ManifestPath) {
        $null = Set-AzStorageBlobContent -File $path -Blob (Split-Path $path -Leaf) -Container $Container -Context $context -Force
    }
}
finally {
    Remove-Item $folder -Recurse
}

$export | Select-Object State, Events, Expected, RangeStart, RangeEnd, Sha256

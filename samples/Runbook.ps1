<#
.SYNOPSIS
An Azure Automation runbook: exports a day of events into a blob container, and fails loudly when anything is missing.
.DESCRIPTION
Needs, in the Automation account: the modules LogScalePaging, Az.Accounts and Az.Storage, a credential asset whose password is the
LogScale token, and a managed identity that may write to the container.
Runbook.Tests.ps1 beside it shows how to test such a runbook without Azure and without LogScale.
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

# A sandbox has its own temporary folder, which is gone when the job ends: there is nothing to resume.
$folder = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "export-$([guid]::NewGuid().ToString('n'))")).FullName
try {
    # The manifest names the file. Under the same name the blob can be checked with Test-PagedExport after it is downloaded.
    $file = Join-Path $folder ('{0:yyyy-MM-dd}.ndjson.gz' -f [datetime]::UtcNow)
    $export = Invoke-QueryJobExport $Query $file -Start $Start

    # An incomplete export must not be stored as the day's events.
    if ($export.State -ne 'Complete') {
        throw "The export is $($export.State): $($export.Reason). $($export.Events) of $($export.Expected) events came."
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

# Runs test files in this process and prints the totals. Started by run.ps1, and by 'dotnet test' with -Result.
param(
    [string] $Pester, [string] $Module, [string] $Tests, [string] $Verbosity,
    # A file to be written: the line of totals, then a line 'failed: NAME' for each test that failed.
    [string] $Result
)
$ErrorActionPreference = 'Stop'
if ($Result -and $PSEdition -eq 'Core') { $PSStyle.OutputRendering = 'PlainText' }

# Modules and variables of the developer must not affect the tests.
$env:PSModulePath = Join-Path $PSHOME 'Modules'
'LOGSCALE_BASE_URL', 'LOGSCALE_REPO', 'LOGSCALE_TOKEN', 'CA_BUNDLE', 'AXIOM_TOKEN', 'AXIOM_ORG_ID', 'AXIOM_URL', 'TANIUM_URL', 'TANIUM_TOKEN', 'FALCON_CLIENT_ID', 'FALCON_CLIENT_SECRET', 'FALCON_BASE_URL', 'FALCON_CLOUD', 'FALCON_MEMBER_CID' | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
$env:LOGSCALEPAGING_MODULE = $Module

Import-Module $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Tests -split '\|'
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $Verbosity
if ($Result) { $configuration.Output.RenderMode = 'Plaintext' }
$configuration.TestRegistry.Enabled = $false
# All signals, errors and files of the tests are searched for secrets. Windows PowerShell and PowerShell below 7.4 cannot compile it.
$watch = if ($PSVersionTable.PSVersion -ge [version]'7.4') {
    (Add-Type -Path "$PSScriptRoot/../Secrets/SecretWatch.cs" -PassThru | Where-Object Name -EQ SecretWatch)
}
if ($watch) {
    $temporary = Join-Path ([System.IO.Path]::GetTempPath()) "logscale-paging-$([guid]::NewGuid().ToString('N'))"
    $env:TMPDIR = $env:TEMP = $env:TMP = [System.IO.Directory]::CreateDirectory($temporary).FullName
    $watch::Watch($temporary)
    $MaximumErrorCount = 32768
}
$run = Invoke-Pester -Configuration $configuration

# A file that cannot be discovered has no tests that could fail.
$failures = @($run.Failed + $run.FailedBlocks | ForEach-Object ExpandedPath) + @($run.FailedContainers | ForEach-Object { "$($_.Item)" })
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
if ($watch) {
    $Error | ForEach-Object { $watch::Look('error', "$_ $($_.ErrorDetails) $($_.Exception)") }
    foreach ($leak in $watch::Take()) {
        $failed++
        $failures += "A secret came out: $leak"
        "A secret came out: $leak"
    }
    Remove-Item $temporary -Recurse -Force -ErrorAction SilentlyContinue
}
$totals = "Pester: $($run.PassedCount) passed, $failed failed, $($run.SkippedCount + $run.NotRunCount) skipped"
if ($Result) {
    $lines = @($totals) + @($failures | ForEach-Object { "failed: $($_ -replace '\s+', ' ')" })
    [System.IO.File]::WriteAllLines($Result, [string[]]$lines)
}
$totals
exit [int]($failed -gt 0 -or $run.PassedCount -eq 0)

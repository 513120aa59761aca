# Started by run.ps1: runs the test files in this process and prints the totals.
param([string] $Pester, [string] $Module, [string] $Tests, [string] $Verbosity)
$ErrorActionPreference = 'Stop'

# Modules and variables that a developer may have must not decide what a test sees.
$env:PSModulePath = Join-Path $PSHOME 'Modules'
'LOGSCALE_BASE_URL', 'LOGSCALE_REPO', 'LOGSCALE_TOKEN', 'CA_BUNDLE', 'FALCON_CLIENT_ID', 'FALCON_CLIENT_SECRET', 'FALCON_BASE_URL', 'FALCON_CLOUD', 'FALCON_MEMBER_CID' | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
$env:LOGSCALEPAGING_MODULE = $Module

Import-Module $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Tests -split '\|'
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $Verbosity
$configuration.TestRegistry.Enabled = $false
$result = Invoke-Pester -Configuration $configuration

# A file that cannot be discovered has no tests that could fail.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
"Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount + $result.NotRunCount) skipped"
exit [int]($failed -gt 0 -or $result.PassedCount -eq 0)

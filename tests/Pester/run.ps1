<#
.SYNOPSIS
Runs the Pester suite against out/LogScalePaging, in a PowerShell of its own that sees no other modules.
.DESCRIPTION
Needs Pester 5 or later. The last line is for machines: "Pester: N passed, N failed, N skipped". Exits 1 when a test failed.
#>
[CmdletBinding()]
param(
    # Names of test files to run, with wildcards.
    [string[]] $File = '*',
    # None, Normal, Detailed or Diagnostic.
    [string] $Verbosity = 'Normal',
    # Where the importable module is.
    [string] $ModulePath = (Join-Path $PSScriptRoot '../../out/LogScalePaging/LogScalePaging.psd1')
)
$ErrorActionPreference = 'Stop'

$pester = Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -ge 5 } | Sort-Object Version -Descending | Select-Object -First 1
if (-not $pester) {
    throw 'The suite needs Pester 5 or later: Install-Module Pester'
}
$module = (Resolve-Path $ModulePath).Path
$tests = @(Get-ChildItem $PSScriptRoot -Filter *.Tests.ps1 | Where-Object { $name = $_.Name; @($File -split ',').Where({ $name -like $_ -or $name -like "$_.Tests.ps1" }) }).FullName

& (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File "$PSScriptRoot/Child.ps1" $pester.Path $module ($tests -join '|') $Verbosity
exit $LASTEXITCODE

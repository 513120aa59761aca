<#
.SYNOPSIS
Runs the Pester suite against out/LogScalePaging in this PowerShell, in a new process that sees no other modules.
.DESCRIPTION
'dotnet test' runs the same suite in the PowerShell that the build restores; this is for any other PowerShell. Uses an installed Pester 5,
or else the one that the build restored. The last line is for machines: "Pester: N passed, N failed, N skipped". Exits 1 when a test failed.
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
. "$PSScriptRoot/Shell.ps1"

function Find-Pester {
    $installed = Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -ge 5 } | Sort-Object Version -Descending | Select-Object -First 1
    if ($installed) { return $installed.Path }
    $versions = [xml](Get-Content "$PSScriptRoot/../../Directory.Packages.props" -Raw)
    $version = $versions.SelectSingleNode('//PesterPackageVersion').InnerText
    $packages = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { Join-Path $HOME .nuget/packages }
    $restored = Join-Path $packages "pester/$version/tools/Pester.psd1"
    if (Test-Path $restored) { return $restored }
    throw "Pester was not found. Run 'dotnet build' or 'Install-Module Pester' first."
}

$module = (Resolve-Path $ModulePath).Path
$tests = @(Get-ChildItem $PSScriptRoot -Filter *.Tests.ps1 | Where-Object { $name = $_.Name; @($File -split ',').Where({ $name -like $_ -or $name -like "$_.Tests.ps1" }) }).FullName

Invoke-Shell -NoProfile -NonInteractive -File "$PSScriptRoot/Child.ps1" (Find-Pester) $module ($tests -join '|') $Verbosity
exit $LASTEXITCODE

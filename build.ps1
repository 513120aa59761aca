<#
.SYNOPSIS
Builds, tests, packs and shows the module.
.DESCRIPTION
The same steps that .ci/run takes, for those who live in PowerShell. Needs the .NET SDK that global.json names.
.EXAMPLE
./build.ps1
Builds out/LogScalePaging, ready for Import-Module.
.EXAMPLE
./build.ps1 -Task Test
Builds, then runs the xunit tests and the Pester suite.
.EXAMPLE
./build.ps1 -Task Package
Builds, then makes out/LogScalePaging.VERSION.zip.
.EXAMPLE
./build.ps1 -Task Demo
Builds, then walks a query against the simulator, past its buffer.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Demo', 'Bench')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$manifest = Join-Path $PSScriptRoot 'out/LogScalePaging/LogScalePaging.psd1'

function Invoke-Native([scriptblock] $Command) {
    & $Command
    if ($LASTEXITCODE -ne 0) {
        throw "'$($Command.ToString().Trim())' ended with exit code $LASTEXITCODE."
    }
}

function Invoke-Build { Invoke-Native { dotnet build src/LogScalePaging -c $Configuration --nologo } }

# A module that is loaded cannot be built over on Windows, and must not decide what a test sees: each step has a PowerShell of its own.
$shell = (Get-Process -Id $PID).Path

switch ($Task) {
    'Build' { Invoke-Build }
    'Test' {
        Invoke-Build
        Invoke-Native { dotnet test -c $Configuration --nologo }
        Invoke-Native { & $shell -NoProfile -File tests/Pester/run.ps1 }
    }
    'Package' {
        Invoke-Build
        $version = (Test-ModuleManifest $manifest).Version
        $package = "out/LogScalePaging.$version.zip"
        Compress-Archive out/LogScalePaging $package -Force
        Get-Item $package
    }
    'Demo' {
        Invoke-Build
        $demo = {
            param([string] $manifest)
            Import-Module $manifest
            $null = Start-LogScaleSimulator | Connect-LogScale
            $query = '#event_simpleName=ProcessRollup2'
            Invoke-QueryJob $query -Start 1h -First 5 | Format-Table
            $events = Invoke-QueryJob $query -Start 1h -SummaryVariable summary
            "$($events.Count) events on the pipeline."
            $summary
        }
        Invoke-Native { & $shell -NoProfile -Command "& { $demo } '$manifest'" }
    }
    'Bench' { Invoke-Native { dotnet run -c Release --project bench/LogScalePaging.Bench } }
}

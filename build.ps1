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
Builds, then runs all tests; the Pester suite among them runs in the PowerShell that the build restores.
.EXAMPLE
./build.ps1 -Task Package
Builds, then makes two packages in out. Expand LogScalePaging.VERSION.zip into a folder of PSModulePath. LogScalePaging.VERSION.nupkg is for
the PowerShell Gallery and for other repositories of PSResourceGet.
.EXAMPLE
./build.ps1 -Task Package -NoBuild -Destination ~/packages
Makes the packages of what an earlier build left in out/LogScalePaging.
.EXAMPLE
./build.ps1 -Task Help
Writes into docs/commands what the pages take from the cmdlets, and makes a page for each new cmdlet and an entry for each new parameter.
.EXAMPLE
./build.ps1 -Task Demo
Builds, then walks a query against the simulator, past its buffer.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Help', 'Demo', 'Bench')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Packs the existing files of out/LogScalePaging.
    [switch] $NoBuild,

    # The folder of the packages.
    [string] $Destination = (Join-Path $PSScriptRoot 'out')
)
$ErrorActionPreference = 'Stop'
$Destination = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Destination)
$module = Join-Path $PSScriptRoot 'out/LogScalePaging'
$manifest = Join-Path $module 'LogScalePaging.psd1'

function Invoke-Native([scriptblock] $Command) {
    & $Command
    if ($LASTEXITCODE -ne 0) {
        throw "'$($Command.ToString().Trim())' ended with exit code $LASTEXITCODE."
    }
}

function Invoke-Build { Invoke-Native { dotnet build src/LogScalePaging -c $Configuration --nologo } }

. (Join-Path $PSScriptRoot 'tests/Pester/Shell.ps1')
. (Join-Path $PSScriptRoot 'build/Package.ps1')

# The steps use paths relative to this folder. The caller's location does not change.
Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-Build }
        'Test' {
            Invoke-Build
            Invoke-Native { dotnet test -c $Configuration --nologo }
        }
        'Package' {
            if (-not $NoBuild) { Invoke-Build }
            New-Package $module (Join-Path $PSScriptRoot CHANGELOG.md) $Destination
        }
        'Help' { Invoke-Native { dotnet build src/LogScalePaging -c $Configuration --nologo -t:UpdateHelp } }
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
            # A new PowerShell: on Windows, a module that this one has loaded cannot be built again.
            Invoke-Native { Invoke-Shell -NoProfile -Command "& { $demo } '$manifest'" }
        }
        'Bench' { Invoke-Native { dotnet run -c Release --project bench/LogScalePaging.Bench } }
    }
}
finally { Pop-Location }

# A module with other versions of Polly and System.Text.Json is imported before and after this one. Each case is a separate process.
BeforeDiscovery {
    $rivals = @(
        @{ Kind = 'its libraries in the default context'; Folder = 'Plain'; File = 'Rival.dll'; Polly = '8.6.5'; JsonVersion = [math]::Max(9, [Environment]::Version.Major) }
        @{ Kind = 'a separate load context'; Folder = 'Isolated'; File = 'Isolated.psm1'; Polly = '8.1.0'; JsonVersion = 11 }
    )
}

Describe 'A module with <Kind>' -ForEach $rivals -Skip:($PSVersionTable.PSEdition -ne 'Core') {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $rival = (Resolve-Path "$PSScriptRoot/../Support/Rival/$Folder/bin/Release/net8.0/$File").Path
        $ownPolly = ([xml](Get-Content "$PSScriptRoot/../../Directory.Packages.props" -Raw)).SelectSingleNode("//PackageVersion[@Include='Polly.Core']").Version
        function Import-Both([string[]] $Modules) {
            $script = {
                param($First, $Second)
                $ErrorActionPreference = 'Stop'
                Import-Module $First
                Import-Module $Second
                $before = Get-RivalReport
                # The engine retries with its Polly, and reads and writes JSON.
                $server = Start-LogScaleSimulator -EventCount 900 -EventSpanHours 1 -EventRatePerMinute 0
                $null = $server | Connect-LogScale
                $server.AddFault('503', 'Poll', 0, 1)
                $file = Join-Path ([System.IO.Path]::GetTempPath()) "$([guid]::NewGuid()).ndjson"
                $export = Invoke-QueryJobExport '*' $file -Start 2h
                $own = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ LogScalePaging
                [ordered]@{
                    State  = $export.State
                    Events = $export.Events
                    Retries = $export.Retries
                    Valid  = Test-PagedExport $file -Quiet
                    Own    = @($own.Assemblies | Where-Object { $_.GetName().Name -eq 'Polly.Core' }).Location
                    Before = $before
                    After  = Get-RivalReport
                } | ConvertTo-Json
                Stop-LogScaleSimulator
                Remove-Item "$file*"
            }
            $lines = Invoke-Shell -NoProfile -NonInteractive -Command "& { $script } '$($Modules[0])' '$($Modules[1])'"
            try { ($lines -join "`n") | ConvertFrom-Json } catch { throw ($lines -join "`n") }
        }
        function Get-FileVersion([string] $Path) { [System.Diagnostics.FileVersionInfo]::GetVersionInfo($Path).ProductVersion -replace '[+-].*' }
    }

    It 'works beside this one, imported <_>' -ForEach 'first', 'second' {
        $result = Import-Both $(if ($_ -eq 'first') { $rival, $ModulePath } else { $ModulePath, $rival })
        $result.State, $result.Events, $result.Valid | Should -Be Complete, 900, $true
        $result.Retries | Should -BeGreaterThan 0
        # Each has its version of Polly, also where both have the same assembly version.
        Split-Path $result.Own | Should -Be (Join-Path (Split-Path $ModulePath) (Join-Path bin (Join-Path net8.0 dependencies)))
        Get-FileVersion $result.Own | Should -Be $ownPolly
        foreach ($report in $result.Before, $result.After) {
            $report.Tries | Should -Be 2
            Split-Path $report.Polly | Should -Be (Split-Path $rival)
            Get-FileVersion $report.Polly | Should -Be $Polly
            $report.JsonVersion | Should -Be $JsonVersion
        }
    }
}

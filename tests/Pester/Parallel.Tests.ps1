# The parallel line of the docs, as a user would run it: in a new session, after README's own import.
BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    # README's import is that of this checkout's build.
    $elsewhere = (Split-Path $env:LOGSCALEPAGING_MODULE) -ne (Join-Path $root (Join-Path out LogScalePaging))
}

Describe 'The parallel line of the docs' -Skip:($elsewhere -or $PSVersionTable.PSVersion.Major -lt 7) {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $root = (Resolve-Path "$PSScriptRoot/../..").Path
        $import = [regex]::Match((Get-Content "$root/README.md" -Raw), '`(Import-Module \./out/LogScalePaging)`').Groups[1].Value
        $line = [regex]::Match((Get-Content "$root/docs/features.md" -Raw), '`(ForEach-Object -Parallel \{ .+? \})`').Groups[1].Value
        # The docs leave the query out.
        $search = $line.Replace('…', "'#event_simpleName=ProcessRollup2 ComputerName=?host' -Argument @{ host = `$_ } -Start 2h")

        # The lines of a new session at the root of the checkout. It has the modules of PowerShell, and those of a folder.
        function Invoke-Session([string] $Script, [string] $Modules) {
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
            @"
`$ErrorActionPreference = 'Stop'
`$env:PSModulePath = '$Modules$([System.IO.Path]::PathSeparator)' + (Join-Path `$PSHOME Modules)
Set-Location '$root'
$Script
Stop-LogScaleSimulator
"@ | Set-Content $file -Encoding utf8
            Invoke-Shell -NoProfile -NonInteractive -File $file
        }
        $connect = '$c = Start-LogScaleSimulator -EventCount 1200 -EventSpanHours 1 -EventRatePerMinute 0 | Connect-LogScale
$hosts = Invoke-QueryJob "#event_simpleName=ProcessRollup2" -Start 2h | Group-Object ComputerName'
        $check = '"$(@($found).Count) of $(($hosts | Measure-Object Count -Sum).Sum), $($found.ComputerName | Sort-Object -Unique | Measure-Object | ForEach-Object Count) of $($hosts.Count) hosts"'
    }

    It 'is there, and so is README''s import' {
        $import | Should -Not -BeNullOrEmpty
        $search | Should -Match 'Import-Module LogScalePaging; Invoke-QueryJob .* -Connection \$using:c'
    }

    It 'works as it is if the module is in PSModulePath' {
        $lines = Invoke-Session "Import-Module LogScalePaging`n$connect`n`$found = `$hosts.Name | $search`n$check" (Join-Path $root out)
        $lines | Should -Match '^(\d\d+) of \1, (\d\d+) of \2 hosts$'
    }

    It 'works after README''s import, repeated in the script block' {
        $repeated = $search.Replace('Import-Module LogScalePaging', $import)
        $lines = Invoke-Session "$import`n$connect`n`$found = `$hosts.Name | $repeated`n$check" $TestDrive
        $lines | Should -Match '^(\d\d+) of \1, (\d\d+) of \2 hosts$'
    }

    It 'works in thread jobs, over the same connection' {
        $jobs = '$jobs = $hosts.Name | Select-Object -First 4 | ForEach-Object { Start-ThreadJob { Import-Module LogScalePaging; Invoke-QueryJob "ComputerName=?host" -Argument @{ host = $using:_ } -Start 2h -Connection $using:c } }'
        $lines = Invoke-Session "Import-Module LogScalePaging`n$connect`n$jobs`n`$found = `$jobs | Receive-Job -Wait -AutoRemoveJob`n`$found.ComputerName | Sort-Object -Unique | Measure-Object | ForEach-Object Count" (Join-Path $root out)
        $lines | Should -Be 4
    }
}

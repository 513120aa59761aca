# The samples run as they are written.
BeforeDiscovery {
    $tool = Resolve-Path "$PSScriptRoot/../../src/LogScalePaging.Cli/bin/*/net10.0/logscale-paging" -ErrorAction Ignore | Select-Object -Last 1
    $canRunScript = $tool -and (Get-Command bash -ErrorAction Ignore) -and -not $IsWindows -and -not $IsMacOS
}

BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $samples = Resolve-Path "$PSScriptRoot/../../samples"
}

Describe 'The sample runbook' {
    It 'passes the tests beside it' {
        # In a separate PowerShell, because Pester does not run within Pester.
        $command = "Import-Module '$((Get-Module Pester).Path)'; `$r = Invoke-Pester '$samples/Runbook.Tests.ps1' -PassThru; exit [int](`$r.FailedCount + `$r.FailedContainersCount -gt 0 -or `$r.PassedCount -lt 4)"
        $output = Invoke-Shell -NoProfile -NonInteractive -Command $command
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
    }
}

Describe 'The scheduled export' -Skip:(-not $canRunScript) {
    BeforeAll {
        $tool = (Resolve-Path "$PSScriptRoot/../../src/LogScalePaging.Cli/bin/*/net10.0/logscale-paging" | Select-Object -Last 1).Path
        $server = New-TestServer @{ EventCount = 20000; EventSpanHours = 48 }
        $folder = (New-Item -ItemType Directory "$TestDrive/exports").FullName
        function Invoke-Sample {
            $environment = @{
                LOGSCALE_PAGING = $tool; LOGSCALE_BASE_URL = $server.BaseUrl; LOGSCALE_REPO = $server.Repository
                LOGSCALE_TOKEN  = [System.Net.NetworkCredential]::new('', $server.Token).Password
            }
            $environment.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $environment[$_]) }
            try { $null = & bash "$samples/scheduled-export.sh" $folder '#event_simpleName=ProcessRollup2' 2>&1 }
            finally { $environment.Keys | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) } }
            $LASTEXITCODE
        }
    }

    AfterAll { $server | Stop-LogScaleSimulator }

    It 'fails while the server fails, exports the day when it works again, and does not export a complete day again' {
        $server.AddFault('403', 'Create', 1, 1000)
        Invoke-Sample | Should -Not -Be 0

        $server.ClearFaults()
        Invoke-Sample | Should -Be 0
        $manifest = Get-Content "$folder/*.manifest.json" -Raw | ConvertFrom-Json
        $manifest.state | Should -Be Complete
        $manifest.counts.written | Should -BeGreaterThan 1000

        $requests = $server.RequestCount
        Invoke-Sample | Should -Be 0
        $server.RequestCount | Should -Be $requests
        $server.LiveJobCount | Should -Be 0
    }
}

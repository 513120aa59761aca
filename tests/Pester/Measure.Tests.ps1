Describe 'Measures' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        $total = [int](Invoke-QueryJob "$Query | count()" -Start 2h)._count

        # The "What if" lines that a command writes to the host.
        function Get-WhatIf([scriptblock] $Work) {
            $transcript = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
            $null = Start-Transcript $transcript
            try { & $Work | Should -BeNullOrEmpty } finally { $null = Stop-Transcript }
            @(Get-Content $transcript | Where-Object { $_ -like 'What if: *' })
        }
    }
    AfterEach { $server.ClearFaults(); $server.LiveJobCount | Should -Be 0 }
    AfterAll { Stop-LogScaleSimulator }

    Context 'Measure-QueryJob' {
        It 'says how many events there are, how large they are, and how they would be read' {
            $measure = Measure-QueryJob $Query -Start 2h
            $measure | Should -BeOfType LogScalePaging.QueryJobMeasure
            $measure.Count | Should -Be $total
            $bytes = (Invoke-QueryJobExport $Query (Join-Path $TestDrive size.ndjson) -Start 2h).Bytes
            $measure.ApproximateBytes | Should -BeGreaterThan ($bytes * 0.9)
            $measure.ApproximateBytes | Should -BeLessThan ($bytes * 1.1)
            $measure.RangeEnd - $measure.RangeStart | Should -Be ([timespan]::FromHours(2))
            $measure.Strategy, $measure.StrategyReason | Should -Not -BeNullOrEmpty
            $measure.Jobs | Should -BeGreaterThan 0
            $measure.ApproximateDuration | Should -BeGreaterThan ([timespan]::Zero)
            "$measure" | Should -Match '^[\d,]+ events, approximately .* strategy '
        }

        It 'takes several queries, and goes on after a wrong one' {
            $measures = $Query, '| nosuch(', '*' | Measure-QueryJob -Start 2h -ErrorAction SilentlyContinue -ErrorVariable failed
            $measures.Query | Should -Be $Query, '*'
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
            $failed[0].TargetObject | Should -Be '| nosuch('
        }

        It 'says why there is no count' {
            $server.AddFault('400', 'Create', 1, 100)
            $measure = Measure-QueryJob $Query -Start 2h -Strategy Around
            @($measure.Count, $measure.ApproximateBytes, $measure.Jobs).Where{ $null -ne $_ } | Should -BeNullOrEmpty
            $measure.NoCountReason | Should -Match simulated
            ($measure | Out-String) | Should -Match 'NoCountReason'
        }

        It 'leaves nothing when the pipeline stops' {
            $Query, '*' | Measure-QueryJob -Start 2h | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        }
    }

    Context '-WhatIf of an export' {
        It 'says how much would be read' {
            $path = Join-Path $TestDrive w.ndjson
            $lines = Get-WhatIf { Invoke-QueryJobExport $Query $path -Start 2h -WhatIf }
            $lines | Should -HaveCount 4
            $lines[0] | Should -BeLike '*"Export the events of: #event_simpleName=ProcessRollup2" on target*w.ndjson*'
            $lines[1] | Should -BeLike "What if: $($total.ToString('N0', [cultureinfo]::InvariantCulture)) events, approximately * as JSON lines (from a sample of *"
            $lines[2] | Should -BeLike 'What if: Range: *'
            $lines[3] | Should -BeLike 'What if: Strategy * request* for records, approximately *'
            Get-ChildItem $TestDrive w.* | Should -BeNullOrEmpty
        }

        It 'is no error if the server does not answer' {
            $path = Join-Path $TestDrive off.ndjson
            $offline = Connect-LogScale -BaseUrl http://127.0.0.1:9 -Repository demo -Token (ConvertTo-SecureString x -AsPlainText -Force)
            $null = $server | Connect-LogScale -MaxRetryCount 3
            $lines = Get-WhatIf { Invoke-QueryJobExport '*' $path -Connection $offline -WhatIf -ErrorAction Stop }
            $lines | Should -HaveCount 2
            $lines[1] | Should -BeLike 'What if: The size of the export could not be estimated: *'
        }

        It 'works with $WhatIfPreference' {
            $path = Join-Path $TestDrive p.ndjson
            $lines = Get-WhatIf { $WhatIfPreference = $true; Invoke-QueryJobExport $Query $path -Start 2h }
            $lines | Should -HaveCount 4
        }

        It 'calls the records of <System> <Noun>' -ForEach @(
            @{ System = 'Axiom'; Noun = 'events'; Run = { Invoke-AxiomExport -Dataset demo -Path $path -Start 1h -WhatIf } }
            @{ System = 'Falcon'; Noun = 'records'; Run = { Invoke-FalconExport /devices/combined/devices/v1 $path -WhatIf } }
            @{ System = 'Tanium'; Noun = 'endpoints'; Run = { Invoke-TaniumExport endpoints $path -Property id, name -Refresh -WhatIf } }
        ) {
            $path = Join-Path $TestDrive "$System.ndjson"
            $simulator = Start-LogScaleSimulator -System $System
            $null = $simulator | & "Connect-$System"
            try { $lines = Get-WhatIf $Run } finally { $log = $simulator.GetRequestLog(); $simulator | Stop-LogScaleSimulator }
            $lines[0] | Should -BeLike "*Export the $Noun of: *"
            $lines[1] | Should -BeLike "What if: * $Noun, approximately *"
            $lines[-1] | Should -BeLike 'What if: Strategy *'
            $log.Count | Should -BeLessThan 10
            Get-ChildItem $TestDrive "$System.*" | Should -BeNullOrEmpty
        }
    }
}

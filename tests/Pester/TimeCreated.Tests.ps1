Describe 'TimeCreated' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $event1 = ConvertTo-Event '{"@timestamp":1700000000123,"@id":"a","host":"one"}'
        $event2 = ConvertTo-Event '{"@timestamp":1700000001000,"@id":"b","host":"two"}'
        $time = [DateTimeOffset]::FromUnixTimeMilliseconds(1700000000123)
    }

    It 'is the time of an event in UTC' {
        $event1.TimeCreated | Should -BeOfType DateTimeOffset
        $event1.TimeCreated | Should -Be $time
        $event1.TimeCreated.Offset | Should -Be ([TimeSpan]::Zero)
    }

    It 'works in Where, Sort, Group, Select and Format' {
        $event1, $event2 | Where-Object TimeCreated -gt $time | ForEach-Object '@id' | Should -Be b
        $event1, $event2 | Where-Object TimeCreated -gt $time.LocalDateTime.AddMilliseconds(1) | ForEach-Object '@id' | Should -Be b
        $event1, $event2 | Where-Object { $_.TimeCreated -le $time } | ForEach-Object '@id' | Should -Be a
        $event1, $event2 | Sort-Object TimeCreated -Descending | ForEach-Object '@id' | Should -Be b, a
        $event1, $event2, $event1 | Group-Object TimeCreated | ForEach-Object Count | Sort-Object | Should -Be 1, 2
        ($event1 | Select-Object TimeCreated, host).TimeCreated | Should -Be $time
        $event1 | Format-Table TimeCreated, host | Out-String | Should -Match '2023'
    }

    It 'is not among the fields' {
        $event1.psobject.Properties.Name | Should -Be '@timestamp', '@id', 'host'
        ($event1 | Select-Object *).psobject.Properties.Name | Should -Be '@timestamp', '@id', 'host'
        $event1 | ConvertTo-Csv -NoTypeInformation | Select-Object -First 1 | Should -Be '"@timestamp","@id","host"'
        $event1 | ConvertTo-Json -Compress | Should -Be '{"@timestamp":1700000000123,"@id":"a","host":"one"}'
        [LogScalePaging.Display]::FieldCount($event1) | Should -Be 3
        $event1 | Format-List * | Out-String | Should -Not -Match TimeCreated
    }

    It 'gives way to a field of this name that the server sent' -ForEach 'TimeCreated', 'timecreated' {
        $sent = ConvertTo-Event "{`"@timestamp`":1700000000123,`"$_`":`"of the server`"}"
        $sent.TimeCreated | Should -BeExactly 'of the server'
        $sent.psobject.Properties.Name | Should -BeExactly '@timestamp', $_
        $sent | ConvertTo-Json -Compress | Should -BeLike '*of the server*'
        ($sent | Select-Object *).TimeCreated | Should -BeExactly 'of the server'
        $sent | Where-Object TimeCreated -eq 'of the server' | Should -Not -BeNullOrEmpty
    }

    It 'is empty, and no error, where the time is no time' -ForEach '{"@timestamp":"soon","a":"1"}', '{"@timestamp":null}', '{"@timestamp":999999999999999999}' {
        Set-StrictMode -Version Latest
        $odd = ConvertTo-Event $_
        $odd.TimeCreated | Should -Be $null
    }

    It 'works on selected and deserialised events' {
        (ConvertTo-Event '{"@timestamp":1700000000123,"host":"one"}' -Property '@timestamp').TimeCreated | Should -Be $time
        (ConvertTo-Event '{"@timestamp":1700000000123,"host":"one"}' -Property host).TimeCreated | Should -Be $null
        foreach ($one in $event1, (ConvertTo-Event '{"@timestamp":1700000000123,"host":"one"}' -Property '@timestamp')) {
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($one, 1))
            $copy.TimeCreated | Should -Be $time
            $copy.psobject.Properties.Name | Should -Be $one.psobject.Properties.Name
        }
    }

    It 'is the time of a record of Axiom, to 100 ns' {
        $record = ConvertTo-Event '{"_time":"2026-05-01T08:00:00.123456789Z","a":1}' -TimeField _time -TypeName LogScalePaging.AxiomEvent
        $record.TimeCreated.ToString('o') | Should -Be '2026-05-01T08:00:00.1234567+00:00'
    }

    It 'is the creation time of a record of Falcon REST' -ForEach @(
        @{ Json = '{"composite_id":"a","created_timestamp":"2026-05-01T10:00:00.5+02:00"}'; Field = 'created_timestamp' }
        @{ Json = '{"id":"a","created_on":"2026-05-01T08:00:00.5Z"}'; Field = 'created_on' }
    ) {
        $record = ConvertTo-Event $Json -TimeField $Field -TypeName LogScalePaging.FalconRecord
        $record.TimeCreated.ToString('o') | Should -Be '2026-05-01T08:00:00.5000000+00:00'
    }

    It 'is empty for a host, which has no time of creation' {
        (ConvertTo-Event '{"device_id":"a"}' -TimeField created_on -TypeName LogScalePaging.FalconRecord).TimeCreated | Should -Be $null
    }

    It 'is in the header of the table of <_>' -ForEach 'LogScalePaging.Event', 'LogScalePaging.AxiomEvent' {
        ConvertTo-Event '{"@timestamp":1700000000123,"_time":"x"}' -TypeName $_ | Out-String -Width 120 | Should -Match 'TimeCreated \(UTC\)'
    }

    It 'stays when the module is imported again, and when another copy of it is' {
        $copy = Join-Path $TestDrive copy
        Copy-Item (Split-Path $ModulePath) $copy -Recurse
        $shell = New-OtherPowerShell @{ copy = $copy; module = $ModulePath }
        try {
            $null = $shell.AddScript('Import-Module $module -Force; Import-Module "$copy/LogScalePaging.psd1" -WarningAction Ignore; Remove-Module LogScalePaging; Import-Module $module').Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shell.Commands.Clear()
            $shell.AddScript('$null = Start-LogScaleSimulator -EventCount 10 | Connect-LogScale; (Invoke-QueryJob * -Start 7d -First 1).TimeCreated').Invoke() | Should -BeOfType DateTimeOffset
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }
}

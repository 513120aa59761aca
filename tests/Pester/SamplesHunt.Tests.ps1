# The samples for work at a prompt run as they are written, against simulated servers.
BeforeAll {
    . "$PSScriptRoot/Setup.ps1"
    $samples = (Resolve-Path "$PSScriptRoot/../../samples").Path
    $server = New-TestServer @{ EventCount = 6000 }
}
AfterAll { Stop-LogScaleSimulator }

Describe 'The sample hunt' {
    It 'finds rare processes, and exports what their first host did' {
        $export = & "$samples/Hunt.ps1" -Start 2h -RareCount 180 -Folder $TestDrive
        $export | Should -BeOfType LogScalePaging.ExportResult
        $export.State | Should -Be Complete
        $events = @(Import-PagedExport $export.Path)
        $events | Should -HaveCount $export.Events
        $events.ComputerName | Sort-Object -Unique | Should -HaveCount 1
        $server.LiveJobCount | Should -Be 0
    }

    It 'emits nothing where nothing is rare' { & "$samples/Hunt.ps1" -Start 2h -RareCount 0 -Folder $TestDrive | Should -BeNullOrEmpty }
}

Describe 'The sample search of many hosts' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
    BeforeAll {
        $connection = $server | Connect-LogScale
        $counts = @{}
        Invoke-QueryJob $Query -Start 2h | ForEach-Object { $counts[$_.ComputerName]++ }
        $hosts = @($counts.Keys | Sort-Object | Select-Object -First 12)
    }

    It 'gives each host its events and its verdict' {
        $rows = @($hosts | & "$samples/HostFanOut.ps1" -Connection $connection -Query $Query -Start 2h -ThrottleLimit 4)
        $rows | Should -HaveCount $hosts.Count
        foreach ($row in $rows) { "$($row.ComputerName) $($row.State) $($row.Events)" | Should -Be "$($row.ComputerName) Complete $($counts[$row.ComputerName])" }
        $server.LiveJobCount | Should -Be 0
    }

    It 'goes on after a host that fails, and does not take a name for a part of the query' {
        $rows = @('" | tail(1) | "', $hosts[0] | & "$samples/HostFanOut.ps1" -Connection $connection -Query $Query -Start 2h)
        ($rows | Where-Object ComputerName -EQ $hosts[0]).Events | Should -Be $counts[$hosts[0]]
        $other = $rows | Where-Object ComputerName -NE $hosts[0]
        $other.Events | Should -Be 0
        $server.AddFault('403', 'Create', 0, 1000)
        try { (& "$samples/HostFanOut.ps1" $hosts[0] -Connection $connection -Start 2h).State | Should -Be Failed }
        finally { $server.ClearFaults() }
    }
}

Describe 'The sample enrichment of alerts' {
    BeforeAll {
        $events = $server | Connect-LogScale
        $falcon = Start-LogScaleSimulator -System Falcon -EventCount 40
        $alerts = $falcon | Connect-Falcon
    }

    It 'adds the events of the host to each alert, with the verdict of that search' {
        $rows = @(& "$samples/AlertEnrichment.ps1" -AlertConnection $alerts -EventConnection $events -First 5)
        $rows | Should -HaveCount 5
        $rows.State | Sort-Object -Unique | Should -Be Complete
        # The simulated alerts are older than the simulated events.
        ($rows.Events | Measure-Object -Sum).Sum | Should -Be 0
    }

    It 'finds the events in the time around the alert' {
        $found = Invoke-QueryJob $Query -Start 2h -First 50 -Connection $events -WarningAction SilentlyContinue | Select-Object -Last 1
        $time = $found.TimeCreated
        # An alert with the host and the time of an event.
        Mock Invoke-FalconQuery { [pscustomobject]@{ composite_id = 'one'; hostname = $found.ComputerName; created_timestamp = $time.ToString('o') } }
        $row = & "$samples/AlertEnrichment.ps1" -AlertConnection $alerts -EventConnection $events -Within 00:02:00
        $expected = @(Invoke-QueryJob "ComputerName=$($found.ComputerName)" -Start $time.AddMinutes(-2).ToString('o') -End $time.AddMinutes(2).ToString('o') -Connection $events)
        $row.Events | Should -Be $expected.Count
        $row.Events | Should -BeGreaterThan 0
        $row.Processes | Should -Contain $found.CommandLine
        $row.Kinds | Should -Match 'ProcessRollup2 \d'
    }
}

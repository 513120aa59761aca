Describe 'The default display' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
    }
    AfterAll { Stop-LogScaleSimulator }

    It 'shows few columns of an event, and its number of fields' {
        $table = Invoke-QueryJob $Query -Start 2h -First 3 | Out-String -Width 160
        $table | Should -Match 'TimeCreated \(UTC\) +Event +ComputerName +UserName +Fields +Detail'
        $table | Should -Match '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} ProcessRollup2'
    }

    It 'shows every field of an event in a list' {
        $list = Invoke-QueryJob $Query -Start 2h -First 1 | Format-List | Out-String
        foreach ($name in '@timestamp', '@id', '@rawstring', '#repo') { $list | Should -Match ([regex]::Escape($name)) }
    }

    It 'shows one export as a list, and several as a table' {
        $result = Invoke-QueryJobExport $Query (Join-Path $TestDrive shown.csv) -Start 2h
        $result | Out-String | Should -Match 'State +: Complete'
        $result | Out-String | Should -Not -Match 'Missing'
        $result | Format-Table | Out-String -Width 200 | Should -Match 'State +Events +Expected'
    }

    It 'shows one check of an export as a list, and several as a table' {
        $null = Invoke-QueryJobExport $Query (Join-Path $TestDrive checked.csv) -Start 2h
        $check = Test-PagedExport (Join-Path $TestDrive checked.csv)
        $check | Out-String | Should -Match 'IsValid +: True'
        $table = $check | Format-Table | Out-String -Width 200
        $table | Should -Match 'IsValid +State +Events +Checks +Failed +Path'
        $table | Should -Match 'True +Complete +[\d,]+ +\d+ +0 +.*checked\.csv'
    }

    # PowerShell shows a script's output in the shape of its first object, and every other type as a list without its view.
    It 'shows the important properties of an object after one of another type' {
        $path = Join-Path $TestDrive second.csv
        $result = Invoke-QueryJobExport $Query $path -Start 2h
        $check = Test-PagedExport $path
        $page = Invoke-QueryJob $Query -Start 2h -AsPage | Select-Object -First 1
        $page.PSTypeNames | Should -Contain LogScalePaging.RecordPage
        $first = Get-LogScaleConnection
        $shown = $first, $result, $check, $page | Out-String -Width 120
        foreach ($name in 'State', 'Events', 'Sha256', 'IsValid', 'Number') { $shown | Should -Match "(?m)^$name +:" }
        foreach ($name in 'PlanId', 'TimestampPath', 'Findings', 'Records') { $shown | Should -Not -Match "(?m)^$name +:" }
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($result))
        $shown = $first, $copy | Out-String -Width 120
        $shown | Should -Match '(?m)^Sha256 +:'
        $shown | Should -Not -Match '(?m)^PlanId +:'
        # All properties are still there for everything else.
        $copy.PSObject.Properties.Name | Should -Contain PlanId
        $result | Format-List * | Out-String | Should -Match '(?m)^PlanId +:'
        $result | ConvertTo-Json | Should -Match '"PlanId"'
    }

    It 'shows a table of <Name>' -ForEach @(
        @{ Name = 'jobs'; Make = { New-QueryJob '*' }; Words = 'Id +Repository +Start' }
        @{ Name = 'states'; Make = { New-QueryJob '*' | Get-QueryJob }; Words = 'State +Progress +Events +More' }
        @{ Name = 'pages'; Make = { New-QueryJob '*' -Start 2h | Get-QueryJobPage -All -AsPage -First 300 }; Words = 'Page +Events +Total' }
        @{ Name = 'servers'; Make = { $server }; Words = 'BaseUrl +Repository +Running' }
        @{ Name = 'connections'; Make = { $server | Connect-LogScale }; Words = 'BaseUrl +Repository' }
    ) {
        & $Make | Out-String -Width 160 | Should -Match $Words
        Get-QueryJob | Stop-QueryJob
    }

    It 'shows a verdict as a list' {
        $null = Invoke-QueryJob $Query -Start 2h -SummaryVariable summary
        $summary | Out-String | Should -Match 'State +: Complete'
    }

    It 'never runs escape sequences of a server' {
        $record = ConvertTo-Event "{`"@timestamp`":1,`"ComputerName`":`"a\u001b[31mb`",`"CommandLine`":`"x\ny`"}"
        $record | Out-String -Width 160 | Should -Not -Match ([char]27)
        $record.ComputerName | Should -Match ([char]27)
    }

    It 'shows <Text> for <Name>' -ForEach @(
        @{ Name = 'no time'; Json = '{"a":"1"}'; Text = '' }
        @{ Name = 'the beginning'; Json = '{"@timestamp":0}'; Text = '1970-01-01 00:00:00.000' }
        @{ Name = 'a time beyond the calendar'; Json = '{"@timestamp":9223372036854775807}'; Text = '9223372036854775807' }
        @{ Name = 'a time that is none'; Json = '{"@timestamp":"soon"}'; Text = 'soon' }
    ) { [LogScalePaging.Display]::Time((ConvertTo-Event $Json)) | Should -BeExactly $Text }

    It 'shows sizes with a unit' {
        [LogScalePaging.Display]::Size(0) | Should -Be '0 bytes'
        [LogScalePaging.Display]::Size(999) | Should -Be '999 bytes'
        [LogScalePaging.Display]::Size(1536) | Should -Be '1.5 kB'
        [LogScalePaging.Display]::Size(5GB) | Should -Be '5.4 GB'
    }

    It 'shows durations with units' {
        [LogScalePaging.Display]::Duration([timespan]::FromMilliseconds(250)) | Should -Be '250 ms'
        [LogScalePaging.Display]::Duration([timespan]::FromSeconds(2.5)) | Should -Be '2.5 s'
        [LogScalePaging.Display]::Duration([timespan]::FromSeconds(90)) | Should -Be '1 min 30 s'
        [LogScalePaging.Display]::Duration([timespan]::FromMinutes(95)) | Should -Be '1 h 35 min'
    }

    It 'does not depend on the culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            [LogScalePaging.Display]::Number(1234567) | Should -Be '1,234,567'
            [LogScalePaging.Display]::Duration([timespan]::FromSeconds(2.5)) | Should -Be '2.5 s'
        }
        finally { [cultureinfo]::CurrentCulture = $before }
    }
}

Describe 'Progress' {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }

    It 'shows how much is done, not too often, and is removed at the end' {
        $server = New-TestServer @{ LatencyMs = 5 }
        $shell = New-OtherPowerShell @{ address = $server.BaseUrl; token = $server.Token }
        try {
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            [void]$shell.AddScript('[void](Connect-LogScale $address -Repository demo -Token $token); [void](Invoke-QueryJob "*" -Start 2h -Strategy Around)').Invoke()
            $records = @($shell.Streams.Progress | Where-Object Activity -Match 'Query')
            $records.Count | Should -BeGreaterThan 1
            $records.Count | Should -BeLessThan ($watch.ElapsedMilliseconds / 200 + 5)
            $records[-1].RecordType | Should -Be Completed
            ($records.StatusDescription -join "`n") | Should -Match 'of 4,000 received'
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose(); Stop-LogScaleSimulator }
    }

    It 'is shown while the server counts, and removed, by <_>' -ForEach @(
        'New-PagedExportPlan * (Join-Path $folder plan.json) -Start 2h -Slices 2'
        'Measure-QueryJob * -Start 2h'
        'Invoke-QueryJobExport * (Join-Path $folder x.ndjson) -Start 2h -WhatIf'
        'Test-PagedExport (Join-Path $folder done.ndjson) -Recount'
    ) {
        $server = New-TestServer
        $null = Invoke-QueryJobExport $Query (Join-Path $TestDrive done.ndjson) -Start 2h -Force
        $shell = New-OtherPowerShell @{ address = $server.BaseUrl; token = $server.Token; folder = "$TestDrive" }
        try {
            [void]$shell.AddScript("[void](Connect-LogScale `$address -Repository demo -Token `$token); `$null = $_").Invoke()
            $records = @($shell.Streams.Progress)
            $records.StatusDescription | Should -Contain 'the server is counting'
            $records[-1].RecordType | Should -Be Completed
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose(); Stop-LogScaleSimulator; Remove-Item "$TestDrive/*" -Recurse }
    }
}

Describe 'Tab completion' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        function Get-Completion([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
        $null = Invoke-QueryJob $Query -Start 2h -First 3
        $job = New-QueryJob '*'
        $requests = $server.RequestCount
    }
    AfterAll { Stop-LogScaleSimulator }

    It 'offers <Expected> for <Line>' -ForEach @(
        @{ Line = 'Invoke-QueryJob * -Start '; Expected = '15m' }
        @{ Line = 'Invoke-QueryJob * -End n'; Expected = 'now' }
        @{ Line = 'Invoke-QueryJob * -Repository '; Expected = 'demo' }
        @{ Line = 'Invoke-QueryJob * -Property Com'; Expected = 'ComputerName' }
        @{ Line = "Invoke-QueryJob * -Property '@times"; Expected = "'@timestamp'" }
        @{ Line = 'Get-QueryJobPage x -SortBy Us'; Expected = 'UserName' }
        @{ Line = 'Invoke-QueryJob * -Strategy '; Expected = 'Around' }
        @{ Line = 'Invoke-QueryJob * -TimeZone '; Expected = 'UTC' }
        @{ Line = 'New-QueryJob * -TimeZone Europe/Berl'; Expected = 'Europe/Berlin' }
        @{ Line = 'Invoke-QueryJobExport * x.json -TimeZone berl'; Expected = 'Europe/Berlin' }
        @{ Line = 'Measure-QueryJob * -TimeZone america/new'; Expected = 'America/New_York' }
        @{ Line = 'Invoke-QueryJob * | Where-Object Com'; Expected = 'ComputerName' }
        @{ Line = "Invoke-QueryJob * | Sort-Object "; Expected = "'@rawstring'" }
        @{ Line = 'Invoke-QueryJob * | Select-Object Time'; Expected = 'TimeCreated' }
        @{ Line = 'Invoke-QueryJob * | ForEach-Object { $_.Us'; Expected = 'UserName' }
        @{ Line = 'Invoke-QueryJob * | Where-Object { $_.Comp'; Expected = 'ComputerName' }
        @{ Line = 'Import-PagedExport x.json | Where-Object Comp'; Expected = 'ComputerName' }
        @{ Line = 'Invoke-AxiomQuery "[x]" | Where-Object Comp'; Expected = 'ComputerName' }
        @{ Line = 'Invoke-FalconQuery /devices/combined/devices/v1 | Sort-Object Comp'; Expected = 'ComputerName' }
        @{ Line = 'Invoke-TaniumQuery endpoints | Select-Object Comp'; Expected = 'ComputerName' }
        @{ Line = 'Get-QueryJobPage x | Where-Object Comp'; Expected = 'ComputerName' }
        @{ Line = 'Invoke-QueryJobExport * x.json -Format Nd'; Expected = 'NdJson' }
    ) { Get-Completion $Line | Should -Contain $Expected }

    It 'offers the fields of events only where events come out' {
        Get-Completion "Invoke-TaniumQuery endpoints | Sort-Object '@raw" | Should -Not -Contain "'@rawstring'"
    }

    It 'offers field names after a pipe in a new session too' {
        $shell = New-OtherPowerShell
        try {
            $line = 'Invoke-QueryJob * | Where-Object '
            $names = $shell.AddScript("(TabExpansion2 '$line' $($line.Length)).CompletionMatches.CompletionText").Invoke()
            $names | Should -Contain "'@timestamp'"
            $names | Should -Contain TimeCreated
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'offers the jobs of this session' { Get-Completion 'Stop-QueryJob ' | Should -Contain $job.Id }

    It 'sends no request to the server' { $server.RequestCount | Should -Be $requests }

    It 'gives no object the fields that are offered' {
        $record = Invoke-QueryJob "$Query | select([@timestamp, @id])" -Start 2h -First 1
        $record.PSObject.Properties['@rawstring'] | Should -BeNullOrEmpty
        $record.PSTypeNames | Should -Not -Contain 'LogScalePaging.SeenFields'
    }

    It 'offers <Expected> for <Line> in a folder of exports' -ForEach @(
        @{ Line = 'Resume-PagedExport '; Expected = 'stopped.ndjson.partial'; Not = 'done.ndjson', 'notes.txt' }
        @{ Line = 'Resume-PagedExport ./st'; Expected = 'stopped.ndjson.partial'; Not = @() }
        @{ Line = 'Test-PagedExport '; Expected = 'done.ndjson', 'done.ndjson.manifest.json', 'empty.partial'; Not = , 'notes.txt' }
        @{ Line = 'Test-PagedExport d'; Expected = 'done.ndjson', 'done.ndjson.manifest.json'; Not = , 'done.ndjson.sha256' }
        @{ Line = 'Show-PagedExport '; Expected = , 'done.ndjson'; Not = 'notes.txt', 'done.ndjson.sha256' }
        @{ Line = 'New-PagedExportReport -LiteralPath '; Expected = , 'done.ndjson'; Not = 'notes.txt', 'done.ndjson.sha256' }
        @{ Line = 'Invoke-PagedExportSlice '; Expected = 'plan.json', 'empty.partial'; Not = 'done.ndjson', 'done.ndjson.manifest.json', 'notes.txt' }
        @{ Line = 'Merge-PagedExport -Plan pl'; Expected = , 'plan.json'; Not = @() }
        @{ Line = 'Import-PagedExport -LiteralPath do'; Expected = 'done.ndjson', 'done.ndjson.manifest.json'; Not = @() }
    ) {
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        Push-Location $folder
        try {
            $null = Invoke-QueryJobExport $Query done.ndjson -Start 2h
            'x' | Set-Content notes.txt
            $null = New-Item empty.partial -ItemType Directory
            $null = New-PagedExportPlan $Query plan.json -Start 2h -Slices 2
            $server.AddFault('400', 'Create', 6, 1)
            $null = Invoke-QueryJobExport $Query stopped.ndjson -Start 2h -Strategy Around -ErrorAction SilentlyContinue
            $server.ClearFaults()
            $before = $server.RequestCount
            $names = @(Get-Completion $Line | ForEach-Object { Split-Path $_ -Leaf })
            $Expected | ForEach-Object { $names | Should -Contain $_ }
            $Not | ForEach-Object { $names | Should -Not -Contain $_ }
            # What fits comes first.
            $names[0] | Should -Be @($Expected)[0]
            $server.RequestCount | Should -Be $before
        }
        finally { Pop-Location }
    }
}

Describe 'The REST API of Falcon' {
    BeforeDiscovery {
        # Every endpoint that is known, with a filter where one is required.
        $endpoints = @(
            '/devices/queries/devices/v1', '/devices/queries/devices-scroll/v1', '/devices/combined/devices/v1',
            '/devices/combined/host-group-members/v1', '/alerts/queries/alerts/v2', '/alerts/combined/alerts/v1',
            '/spotlight/combined/vulnerabilities/v1', '/spotlight/queries/vulnerabilities/v1', '/iocs/combined/indicator/v1',
            '/iocs/queries/indicators/v1', '/detects/entities/ioa/v1', '/threatgraph/combined/edges/v1'
        ) | ForEach-Object { @{ Endpoint = $_; With = if ($_ -like '/spotlight*') { @{ Filter = "created_timestamp:>='2020-01-01T00:00:00Z'" } } else { @{} } } }
    }
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        function New-FalconServer([int] $Count, [int] $Retries = 0) {
            $made = Start-LogScaleSimulator -System Falcon -EventCount $Count
            [void]($made | Connect-Falcon -MaxRetryCount $Retries)
            $made
        }
        $server = New-FalconServer 2500
        $connection = $server | Connect-Falcon -MaxRetryCount 0
        $alerts = '/alerts/combined/alerts/v1'
        $hosts = '/devices/combined/devices/v1'
        Push-Location $TestDrive
    }
    AfterEach {
        $server.ClearFaults()
        $connection = $server | Connect-Falcon -MaxRetryCount 0
    }
    AfterAll { Pop-Location; Stop-LogScaleSimulator }

    Context 'Invoke-FalconQuery' {
        It 'emits every record of <Endpoint> once' -ForEach $endpoints {
            $records = @(Invoke-FalconQuery $Endpoint @With -SummaryVariable summary -WarningAction SilentlyContinue)
            $records.Count | Should -Be 2500
            $name = @($records[0].psobject.Properties)[0].Name
            @($records.$name | Sort-Object -Unique).Count | Should -Be 2500
            $summary.State | Should -Be $(if ($Endpoint -like '/threatgraph*') { 'Unverified' } else { 'Complete' })
            $summary.System | Should -Be Falcon
            $summary.Repository | Should -Be $Endpoint
        }

        It 'asks for the largest page that the endpoint allows: <Endpoint>' -ForEach @(
            @{ Endpoint = '/devices/combined/devices/v1'; Limit = 10000 }
            @{ Endpoint = '/devices/queries/devices/v1'; Limit = 5000 }
            @{ Endpoint = '/iocs/combined/indicator/v1'; Limit = 2000 }
        ) {
            $null = Invoke-FalconQuery $Endpoint -NoVerify
            @($server.GetRequestLog() -match [regex]::Escape($Endpoint) -match "limit=$Limit\b").Count | Should -BeGreaterThan 0
            @(Invoke-FalconQuery $Endpoint -PageSize 700 -AsPage).Count | Should -BeGreaterOrEqual 4
        }

        It 'gives values the types of JSON, and integers all their digits' {
            $record = Invoke-FalconQuery $hosts -First 1
            $record.pstypenames[0..1] | Should -Be 'LogScalePaging.FalconRecord', 'LogScalePaging.Record'
            $record.agent_id | Should -BeOfType long
            $record.agent_id | Should -Be 9007199254740993
            $record.policies[0].applied | Should -BeTrue
            $record.policies[0].id | Should -Be p0
            $record.notes | Should -BeNullOrEmpty
            $record.created_timestamp | Should -BeOfType string
        }

        It 'applies a filter and an order' {
            $open = @(Invoke-FalconQuery $alerts -Filter "status:'open'" -SortBy 'created_timestamp|desc')
            $open.Count | Should -Be 834
            @($open.status | Sort-Object -Unique) | Should -Be open
            $open.created_timestamp | Should -Be ($open.created_timestamp | Sort-Object -Descending)
        }

        It 'gets the whole records for ids with -Detailed' {
            $ids = @(Invoke-FalconQuery /devices/queries/devices/v1)
            $ids[0].psobject.Properties.Name | Should -Be id
            $whole = @(Invoke-FalconQuery /devices/queries/devices/v1 -Detailed)
            $whole.device_id | Should -Be $ids.id
            $whole[0].hostname | Should -BeLike 'host-*'
        }

        It 'adds -Body to the body of a POST: <Name>' -ForEach @(
            @{ Name = 'a hashtable'; Body = @{ include_hidden = $true; a = 1, 2, @{ b = 'c' } } }
            @{ Name = 'an object'; Body = [pscustomobject]@{ include_hidden = $true; a = 1, 2, [pscustomobject]@{ b = 'c' } } }
            @{ Name = 'text'; Body = '{"a":[1,2,{"b":"c"}],"include_hidden":true}' }
        ) {
            $engine = [LogScalePaging.QueryJobSimulatorInstance].GetField('_simulator', 'Instance, NonPublic').GetValue($server)
            @(Invoke-FalconQuery $alerts -Body $Body -First 3).Count | Should -Be 3
            @($engine.Requests.Body | Where-Object { $_ })[-1] | Should -Match ([regex]::Escape('"a":[1,2,{"b":"c"}],"include_hidden":true'))
        }

        It 'emits no more than -First' {
            @(Invoke-FalconQuery $hosts -First 7 -SummaryVariable summary).Count | Should -Be 7
            $summary.State | Should -Be Complete
        }

        It 'reads the records of a range in slices with -SliceBy' {
            $range = @{ SliceBy = 'created_timestamp'; Start = '2026-01-01T00:00:00Z'; End = '2026-01-01T00:40:00Z' }
            $all = @(Invoke-FalconQuery $alerts @range -SummaryVariable summary)
            $all.Count | Should -Be 2400
            @($all.composite_id | Sort-Object -Unique).Count | Should -Be 2400
            $summary.State | Should -Be Complete
            $all.created_timestamp | Should -Be ($all.created_timestamp | Sort-Object -Descending)
            @(Invoke-FalconQuery $alerts @range -First 7).composite_id | Should -Be $all[0..6].composite_id
            (Invoke-FalconExport $alerts sliced.ndjson @range).State | Should -Be Complete
            (Get-Content sliced.ndjson).Count | Should -Be 2400
            $line = "Invoke-FalconQuery $alerts -SliceBy c"
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be created_timestamp, crawled_timestamp
        }

        It 'stops reading when the pipeline wants no more' {
            $before = $server.RequestCount
            @(Invoke-FalconQuery $hosts -PageSize 50 -SummaryVariable summary | Select-Object -First 1).Count | Should -Be 1
            $summary.State | Should -Be Incomplete
            # A walk to the end has more than 50 requests.
            $server.RequestCount - $before | Should -BeLessThan 10
        }

        It 'emits pages with their token with -AsPage' {
            $pages = @(Invoke-FalconQuery $alerts -PageSize 1000 -AsPage)
            $pages.Length | Should -Be 3
            $pages[0] | Should -BeOfType LogScalePaging.RecordPage
            ($pages | ForEach-Object { $_.Count } | Measure-Object -Sum).Sum | Should -Be 2500
            ($pages | ForEach-Object { $_.Total } | Sort-Object -Unique) | Should -Be 2500
            ($pages[0].Position | ConvertFrom-Json).token | Should -Not -BeNullOrEmpty
            $pages[-1].Position | Should -BeNullOrEmpty
            $pages[-1].End | Should -Be LastPage
            $pages[0].Records[0].composite_id | Should -Not -BeNullOrEmpty
        }

        It 'reads an endpoint that is not known' {
            $options = New-SimulatorSetting FalconRestOptions @{ Records = 250 }
            $endpoint = (Get-EngineType LogScalePaging.Simulator.RestEndpoint LogScalePaging.Simulator)::new('/new/combined/things/v1', 'things', 'id', 'After', 100)
            $options.Endpoints = [Array]::CreateInstance($endpoint.GetType(), 1)
            $options.Endpoints[0] = $endpoint
            $settings = New-SimulatorSetting SimulatorOptions @{ EventCount = 0; Falcon = $options }
            $engine = (Get-EngineType LogScalePaging.Simulator.LogScaleSimulator LogScalePaging.Simulator)::Start($settings)
            try {
                $secret = ConvertTo-SecureString 'simulator-client-secret' -AsPlainText -Force
                $mine = Connect-Falcon -BaseUrl $engine.BaseUrl -ClientId simulator-client -ClientSecret $secret
                @(Invoke-FalconQuery /new/combined/things/v1 -Connection $mine).Count | Should -Be 250
            }
            finally { $engine.Dispose() }
        }

        It 'refuses <Name> without a request' -ForEach @(
            @{ Name = 'an endpoint that is no path'; Words = "*'alerts' is not an endpoint*"; Run = { Invoke-FalconQuery alerts } }
            @{ Name = 'an address in place of a path'; Words = '*is not an endpoint*'; Run = { Invoke-FalconQuery https://example.com/alerts } }
            @{ Name = 'a page that is too large'; Words = '*between 1 and 1,000*'; Run = { Invoke-FalconQuery $alerts -PageSize 1001 } }
            @{ Name = 'a list without the filter that it requires'; Words = '*requires a filter*'; Run = { Invoke-FalconQuery /spotlight/combined/vulnerabilities/v1 } }
            @{ Name = 'details that are not known'; Words = '*Details are not available*'; Run = { Invoke-FalconQuery $hosts -Detailed } }
            @{ Name = 'slices without a range'; Words = '*-SliceBy requires -Start and -End*'; Run = { Invoke-FalconQuery $alerts -SliceBy created_timestamp -Start 1d } }
            @{ Name = 'a range without slices'; Words = '*-Start and -End require -SliceBy*'; Run = { Invoke-FalconQuery $alerts -Start 1d } }
            @{ Name = 'a body that is no object'; Words = '*must be a JSON object*'; Run = { Invoke-FalconQuery $alerts -Body '[1]' } }
            @{ Name = 'a body that holds itself'; Words = '*nested too deep*'; Run = { $body = @{}; $body.a = $body; Invoke-FalconQuery $alerts -Body $body } }
            @{ Name = 'a body that JSON does not have'; Words = '*-Body*'; Run = { Invoke-FalconQuery $alerts -Body (Get-Date) } }
            @{ Name = 'a proof without a count'; Words = '*-NoVerify*'; Run = { Invoke-FalconQuery $alerts -RequireComplete -NoVerify } }
        ) {
            $before = $server.RequestCount
            $Run | Should -Throw $Words -ErrorId 'InvalidArgument,*'
            $server.RequestCount | Should -Be $before
        }

        It 'refuses records from the pipeline' {
            Invoke-FalconQuery $hosts -First 1 | Invoke-FalconQuery -ErrorVariable refused -ErrorAction SilentlyContinue
            $refused[0].FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*'
        }

        It 'completes the known endpoints without a request' {
            $before = $server.RequestCount
            $line = 'Invoke-FalconQuery /alerts/c'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $alerts
            $line = 'Invoke-FalconExport -Endpoint '
            (TabExpansion2 $line $line.Length).CompletionMatches.Count | Should -Be 13
            $server.RequestCount | Should -Be $before
        }
    }

    Context 'A token that is missing in the middle' {
        It 'is a warning and a number of the summary, and loses nothing: <Fault>' -ForEach @{ Fault = 'EmptyToken' }, @{ Fault = 'NoToken' } {
            $mine = New-FalconServer 2500
            try {
                $mine.AddPageFault($Fault, 2, 1)
                $records = @(Invoke-FalconQuery $alerts -SummaryVariable summary -WarningVariable warned -WarningAction SilentlyContinue)
                @($records.composite_id | Sort-Object -Unique).Count | Should -Be 2500
                $records.Count | Should -Be 2500
                $summary.State | Should -Be Complete
                $summary.ContinuationMissing | Should -Be 1
                "$warned" | Should -Match 'missing'
                "$($summary | Out-String)" | Should -Match 'ContinuationMissing : 1'
            }
            finally { $mine | Stop-LogScaleSimulator }
        }

        It 'is a number of the export and of its manifest' {
            $mine = New-FalconServer 2500
            try {
                $mine.AddPageFault('EmptyToken', 2, 1)
                $result = Invoke-FalconExport $alerts missing.ndjson -WarningAction SilentlyContinue
                $result.State | Should -Be Complete
                $result.ContinuationMissing | Should -Be 1
                (Get-Content missing.ndjson.manifest.json -Raw | ConvertFrom-Json).signals.ContinuationMissing | Should -Be 1
            }
            finally { $mine | Stop-LogScaleSimulator }
        }
    }

    Context 'Failures' {
        It 'keep what was read, and name the cmdlet that can resume' {
            $server.AddFault('500', 'Rest', 4, 1000)
            $given = [pscustomobject]@{ Endpoint = $hosts }
            $records = @($given | Invoke-FalconQuery -PageSize 200 -SummaryVariable summary -ErrorVariable failed -ErrorAction SilentlyContinue)
            $records.Count | Should -BeGreaterThan 100
            $summary.State | Should -Be Incomplete
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'QueryJobIncomplete,*'
            $failed[0].ErrorDetails.RecommendedAction | Should -Match 'Invoke-FalconExport'
        }

        It 'end the statement with -RequireComplete' {
            $server.AddFault('500', 'Rest', 4, 1000)
            { Invoke-FalconQuery $hosts -PageSize 200 -RequireComplete -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'QueryJobIncomplete,*'
            $server.ClearFaults()
            { Invoke-FalconQuery /threatgraph/combined/edges/v1 -RequireComplete -WarningAction SilentlyContinue -ErrorAction SilentlyContinue } | Should -Throw '*it is Unverified*' -ErrorId 'NotComplete,*'
        }

        It 'say what to do after <Status>' -ForEach @(
            @{ Status = '400'; Id = 'BadRequest'; Advice = '-Filter' }
            @{ Status = '403'; Id = 'FalconScopeMissing'; Advice = 'scope of this endpoint' }
        ) {
            $server.AddFault($Status, 'Rest', 0, 1000)
            $caught = try { Invoke-FalconQuery $alerts -NoVerify } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            $caught.ErrorDetails.RecommendedAction | Should -Match $Advice
            $caught.ErrorDetails.RecommendedAction | Should -Not -Match 'QueryJob|NGSIEM'
        }
    }

    Context 'Invoke-FalconExport' {
        It 'exports what the query emits, and its file can be tested' {
            $result = Invoke-FalconExport $alerts open.ndjson -Filter "status:'open'"
            $result.State | Should -Be Complete
            $result.Events | Should -Be 834
            $result.Repository | Should -Be $alerts
            (Get-Content open.ndjson).Count | Should -Be 834
            (Get-Content open.ndjson -First 1) | Should -Match '"agent_id":900719925474\d+,"risk":0.10,'
            (Test-PagedExport open.ndjson -Recount).IsValid | Should -BeTrue
            Add-Content open.ndjson '{}'
            Test-PagedExport open.ndjson -Quiet | Should -BeFalse
        }

        It 'resumes an export that broke off, to the same bytes, by its path alone' {
            $null = Invoke-FalconExport /devices/queries/devices/v1 whole.ndjson -Detailed -PageSize 500
            $server.AddFault('500', 'Rest', 4, 1000)
            $broken = Invoke-FalconExport /devices/queries/devices/v1 part.ndjson -Detailed -PageSize 500 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $broken.State | Should -Be Incomplete
            $broken.Events | Should -BeGreaterThan 0
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'QueryJobExportIncomplete,*'
            $server.ClearFaults()
            (Resume-PagedExport part.ndjson -Verbose 4>&1 | Out-String) | Should -Match 'Connection: NG-SIEM'
            (Get-FileHash part.ndjson).Hash | Should -Be (Get-FileHash whole.ndjson).Hash
        }

        It 'does not take yesterday''s file for today''s with -Resume' {
            $null = Invoke-FalconExport $hosts yesterday.ndjson -Resume
            $before = $server.RequestCount
            { Invoke-FalconExport $hosts yesterday.ndjson -Resume } | Should -Throw '*already exists. It was made of the records of that time*' -ErrorId 'OutputExists,*'
            $server.RequestCount | Should -Be $before
        }

        It 'refuses to resume with another filter' {
            $server.AddFault('500', 'Rest', 4, 1000)
            $null = Invoke-FalconExport $hosts other.ndjson -PageSize 500 -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $server.ClearFaults()
            { Invoke-FalconExport $hosts other.ndjson -PageSize 500 -Filter "status:'open'" -Resume } | Should -Throw -ErrorId 'CheckpointMismatch,*'
        }

        It 'writes nothing with -WhatIf' {
            Invoke-FalconExport $hosts whatif.ndjson -WhatIf
            'whatif.ndjson*' | Should -Not -Exist
            { Resume-PagedExport whatif.ndjson -WhatIf } | Should -Throw -ErrorId 'NothingToResume,*'
        }

        It 'emits files with -PassThru, compressed, with the fields of -Property' {
            $file = Invoke-FalconExport $alerts few.csv.gz -First 20 -Property composite_id, agent_id -PassThru
            $file | Should -BeOfType System.IO.FileInfo
            $stream = [System.IO.StreamReader]::new([System.IO.Compression.GZipStream]::new($file.OpenRead(), [System.IO.Compression.CompressionMode]::Decompress))
            try { $rows = $stream.ReadToEnd() | ConvertFrom-Csv } finally { $stream.Dispose() }
            $rows.Count | Should -Be 20
            $rows[0].agent_id | Should -Be 9007199254740993
        }
    }

    Context 'The connection' {
        It 'serves NG-SIEM and the REST API with one token' {
            $mine = New-FalconServer 100
            try {
                @(Invoke-FalconQuery $hosts).Count | Should -Be 100
                @(Invoke-QueryJob '*' -Start 48h -First 5).Count | Should -Be 5
                $mine.TokenRequestCount | Should -Be 1
                Disconnect-Falcon
                $mine.LiveTokenCount | Should -Be 0
                { Invoke-FalconQuery $hosts } | Should -Throw -ErrorId 'NotConnected,*'
            }
            finally { $mine | Stop-LogScaleSimulator }
        }

        It 'keeps its name' { $connection.System | Should -Be NG-SIEM }

        It 'comes from the environment' {
            Disconnect-Falcon
            { Invoke-FalconQuery $hosts } | Should -Throw 'Not connected. Run Connect-Falcon, or set FALCON_CLIENT_ID*' -ErrorId 'NotConnected,*'
            $mine = Start-LogScaleSimulator -System Falcon -EventCount 100
            try {
                $env:FALCON_BASE_URL = $mine.BaseUrl
                $env:FALCON_CLIENT_ID = $mine.ClientId
                $env:FALCON_CLIENT_SECRET = [pscredential]::new('x', $mine.ClientSecret).GetNetworkCredential().Password
                @(Invoke-FalconQuery $hosts -First 3).Count | Should -Be 3
                $mine.LiveTokenCount | Should -Be 1
                Disconnect-Falcon
                $mine.LiveTokenCount | Should -Be 0
            }
            finally { $mine | Stop-LogScaleSimulator; $env:FALCON_BASE_URL = $env:FALCON_CLIENT_ID = $env:FALCON_CLIENT_SECRET = $null }
        }

        It 'is refused where another system is needed, and another one here' {
            $logscale = Start-LogScaleSimulator -EventCount 0 | Connect-LogScale
            { Invoke-FalconQuery $hosts -Connection $logscale } | Should -Throw '*is to LogScale. Invoke-FalconQuery requires a connection to Falcon. Use Connect-Falcon.' -ErrorId 'WrongSystem,*'
            { Invoke-FalconExport $hosts w.json -Connection $logscale } | Should -Throw -ErrorId 'WrongSystem,*'
            { Invoke-AxiomQuery -Dataset demo -Connection $connection } | Should -Throw -ErrorId 'WrongSystem,*'
            @(Invoke-FalconQuery $hosts -First 2).Count | Should -Be 2
        }

        It 'shows no secret' {
            $said = Invoke-FalconQuery $hosts -First 1 -Verbose 4>&1
            "$($said | Out-String)$($server.GetRequestLog())$($connection | ConvertTo-Json -Depth 3)" | Should -Not -Match ([pscredential]::new('x', $server.ClientSecret).GetNetworkCredential().Password)
            foreach ($token in Get-IssuedToken $server) { "$($said | Out-String)" | Should -Not -Match ([regex]::Escape($token)) }
        }
    }

    Context 'The views' {
        It 'show records on one line each, also when they are deserialised' {
            $records = Invoke-FalconQuery $hosts -First 3
            $shown = $records | Out-String -Width 160
            $shown | Should -Match 'Id\s+Fields Content'
            $shown | Should -Match 'hostname=host-000'
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($records, 3))
            $copy | Out-String -Width 160 | Should -Be $shown
        }
    }

    Context 'Pages of the simulator' {
        It 'can be wrong only where there are any' {
            $gateway = Start-LogScaleSimulator -Gateway -EventCount 0
            try { { $gateway.AddPageFault('EmptyToken', 1, 1) } | Should -Throw '*-System Falcon*' }
            finally { $gateway | Stop-LogScaleSimulator }
        }
    }
}

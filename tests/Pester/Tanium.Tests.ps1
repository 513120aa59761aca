Describe 'Tanium' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = Start-LogScaleSimulator -System Tanium -EventCount 1000
        $connection = $server | Connect-Tanium -MaxRetryCount 0
        $fields = 'id', 'name', 'ipAddress'
        $query = 'query($first: Int, $after: Cursor, $where: Filter) { endpoints(first: $first, after: $after) { edges { node { id name os { name } } } pageInfo { hasNextPage endCursor } totalRecords } }'
        $token = 'token-simulator-0123456789'
        # The bodies of the requests that the simulator got.
        function Get-Body { ([LogScalePaging.TaniumSimulatorInstance].GetField('_simulator', 'Instance, NonPublic').GetValue($server)).Requests.Body }
        # Pages are counted from the start of the simulator, so a fault of the next ones begins on page 1 of a new one.
        function New-TaniumServer([int] $Count = 1000) {
            $made = Start-LogScaleSimulator -System Tanium -EventCount $Count
            [void]($made | Connect-Tanium -MaxRetryCount 0)
            $made
        }
        Push-Location $TestDrive
    }
    AfterEach {
        $server.ClearFaults()
        $server.RespondedCount = $null
        $connection = $server | Connect-Tanium -MaxRetryCount 0
    }
    AfterAll { Pop-Location; Stop-LogScaleSimulator }

    Context 'Invoke-TaniumQuery' {
        It 'emits every record of <_> once, and proves it' -ForEach 'endpoints', 'sensors' {
            $records = @(Invoke-TaniumQuery -Field $_ -Property $fields -SummaryVariable summary)
            $records.Count | Should -Be 1000
            @($records.id | Sort-Object -Unique).Count | Should -Be 1000
            $summary.State | Should -Be Complete
            $summary.System | Should -Be Tanium
            $summary.Repository | Should -Be $_
            $summary.Expected | Should -Be 1000
        }

        It 'is Unverified without a total' {
            @(Invoke-TaniumQuery packages -Property id -SummaryVariable summary -WarningAction SilentlyContinue).Count | Should -Be 1000
            $summary.State | Should -Be Unverified
        }

        It 'gives values the types of JSON, nested objects, and integers all their digits' {
            $record = Invoke-TaniumQuery endpoints -Property id, 'os{name,platform}', tags, serial, lastLoggedInUser, 'host:name' -First 1 -WarningAction SilentlyContinue
            $record.psobject.Properties.Name | Should -Be id, os, tags, serial, lastLoggedInUser, host
            $record.pstypenames[0..1] | Should -Be 'Selected.LogScalePaging.TaniumRecord', 'Selected.LogScalePaging.Record'
            $record.id | Should -BeOfType string
            $record.os.platform | Should -Be Windows
            $record.os.psobject.Properties.Name | Should -Be name, platform
            $record.tags | Should -Be a, b
            $record.serial | Should -BeOfType long
            $record.serial | Should -Be 9007199254740993
            $record.lastLoggedInUser | Should -BeNullOrEmpty
            $record.host | Should -Be host-00000.example.com
        }

        It 'takes the fields as one text too' {
            $record = Invoke-TaniumQuery endpoints -Property 'name,os{name,platform}' -First 1
            $record.psobject.Properties.Name | Should -Be name, os
            $record.os.platform | Should -Be Windows
            (Invoke-TaniumQuery endpoints -Property id, name, ipAddress -ExcludeProperty ip* -First 1).psobject.Properties.Name | Should -Be id, name
        }

        It 'emits no more than -First, and asks for no more' {
            @(Invoke-TaniumQuery endpoints -Property $fields -First 7 -SummaryVariable summary).Count | Should -Be 7
            $summary.State | Should -Be Complete
            @(Get-Body)[-2..-1] -join ' ' | Should -Not -Match ':100\b'
        }

        It 'stops reading when the pipeline wants no more' {
            $before = $server.RequestCount
            @(Invoke-TaniumQuery endpoints -Property $fields -PageSize 10 -SummaryVariable summary | Select-Object -First 1).Count | Should -Be 1
            $summary.State | Should -Be Incomplete
            # A walk to the end has more than 100 requests.
            $server.RequestCount - $before | Should -BeLessThan 10
        }

        It 'reads backward the same records in the opposite order' {
            $forward = @((Invoke-TaniumQuery endpoints -Property id -PageSize 130).id)
            $backward = @((Invoke-TaniumQuery endpoints -Property id -PageSize 130 -Backward -SummaryVariable summary).id)
            $summary.State | Should -Be Complete
            [array]::Reverse($backward)
            $backward | Should -Be $forward
        }

        It 'refreshes the collection first' {
            @(Invoke-TaniumQuery endpoints -Property id -Refresh -SummaryVariable summary).Count | Should -Be 1000
            $summary.State | Should -Be Complete
            @(Get-Body) -match 'refresh: ' | Should -Not -BeNullOrEmpty
            { Invoke-TaniumQuery sensors -Property id -Refresh } | Should -Throw '*cannot be refreshed*'
        }

        It 'reads a query in GraphQL' {
            $records = @(Invoke-TaniumQuery -Query $query -SummaryVariable summary)
            $records.Count | Should -Be 1000
            $summary.State | Should -Be Complete
            $records[0].pstypenames[0..1] | Should -Be 'LogScalePaging.TaniumRecord', 'LogScalePaging.Record'
            $records[0].psobject.Properties.Name | Should -Be id, name, os
            (Invoke-TaniumQuery -GraphQL $query -First 1 -Property n*).psobject.Properties.Name | Should -Be name
            @([pscustomobject]@{ Query = $query } | Invoke-TaniumQuery -First 3).Count | Should -Be 3
            @('endpoints' | Invoke-TaniumQuery -Property id -First 3).Count | Should -Be 3
        }

        It 'sends -Argument as JSON, with the names in order' {
            $values = @{ '$where' = @{ op = 'EQ'; any = $false; values = 1, 'a', $null, @{ d = 1.5 } } }
            @(Invoke-TaniumQuery -Query $query -Argument $values -First 2).Count | Should -Be 2
            @(Invoke-TaniumQuery -Query $query -Argument ([pscustomobject]$values) -First 2).Count | Should -Be 2
            @(Get-Body)[-1] | Should -Match ([regex]::Escape('"where":{"any":false,"op":"EQ","values":[1,"a",null,{"d":1.5}]}'))
        }

        It 'emits pages with their cursor with -AsPage' {
            $pages = @(Invoke-TaniumQuery endpoints -Property $fields -PageSize 400 -AsPage)
            $pages.Length | Should -Be 3
            $pages[0] | Should -BeOfType LogScalePaging.RecordPage
            ($pages | ForEach-Object { $_.Count }) | Should -Be 400, 400, 200
            ($pages | ForEach-Object { $_.Total } | Sort-Object -Unique) | Should -Be 1000
            ($pages[0].Position | ConvertFrom-Json).cursor | Should -Not -BeNullOrEmpty
            $pages[-1].Position | Should -BeNullOrEmpty
            $pages[-1].End | Should -Be LastPage
            $pages[0].Records[0].name | Should -Be host-00000.example.com
        }

        It 'gets every record once past <Fault>' -ForEach @(
            @{ Fault = 'NullCursor'; Missing = 1 }
            @{ Fault = 'RepeatedCursor'; Missing = 1 }
            @{ Fault = 'ExpiredCursor'; Missing = 0 }
            @{ Fault = 'EmptyPage'; Missing = 0 }
            @{ Fault = 'EarlyEnd'; Missing = 0 }
        ) {
            $mine = New-TaniumServer
            try {
                $mine.AddPageFault($Fault, 3, 1)
                $records = @(Invoke-TaniumQuery endpoints -Property id -SummaryVariable summary -WarningAction SilentlyContinue)
                $records.Count | Should -Be 1000
                @($records.id | Sort-Object -Unique).Count | Should -Be 1000
                $summary.State | Should -Be Complete
                $summary.ContinuationMissing | Should -Be $Missing
            }
            finally { $mine | Stop-LogScaleSimulator }
        }

        It 'is not Complete where only a part of the estate has answered' {
            $server.RespondedCount = 900
            $said = @()
            $records = @(Invoke-TaniumQuery endpoints -Property id -SummaryVariable summary -WarningVariable said -WarningAction SilentlyContinue)
            $records.Count | Should -Be 1000
            $summary.State | Should -Be Unverified
            $summary.Reason | Should -Match '900\b.*1,000'
            "$said" | Should -Match '900\b.*1,000'
            { Invoke-TaniumQuery endpoints -Property id -RequireComplete -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'NotComplete,*'
        }

        It 'keeps what was read when the server fails, and names the cmdlet that can resume' {
            $server.AddFault('500', 'Query', 4, 1000)
            # Input from the pipeline makes the error non-terminating.
            $records = @('endpoints' | Invoke-TaniumQuery -Property id -SummaryVariable summary -ErrorVariable failed -ErrorAction SilentlyContinue)
            $records.Count | Should -BeGreaterThan 50
            $summary.State | Should -Be Incomplete
            $summary.Checkpoint | Should -Match '"cursor"'
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'QueryJobIncomplete,*'
            $failed[0].ErrorDetails.RecommendedAction | Should -Match 'Invoke-TaniumExport'
        }

        It 'passes on what is before a record that has no object, and counts only that' {
            $records = @('endpoints' | Invoke-TaniumQuery -Property id, nested -PageSize 1000 -SummaryVariable summary -ErrorVariable failed -ErrorAction SilentlyContinue)
            $records.id | Should -Be (1..300)
            $summary.State | Should -Be Incomplete
            $summary.Received | Should -Be 300
            $summary.Missing | Should -Be 700
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'QueryJobIncomplete,*'
            "$($failed[0])" | Should -BeLike '*broke off after 300 records*nested more than 100 levels deep*'
        }

        It 'refuses <Name> without a request' -ForEach @(
            @{ Name = 'a field without its fields'; Words = '-Field requires -Property*'; Run = { Invoke-TaniumQuery endpoints } }
            @{ Name = 'a query as the first argument'; Words = '*Use -Query*'; Run = { Invoke-TaniumQuery $query } }
            @{ Name = 'a wildcard of a field'; Words = "*'n``*' is not a field of a record*"; Run = { Invoke-TaniumQuery endpoints -Property n* } }
            @{ Name = 'a field twice'; Words = "*'id' is given twice*"; Run = { Invoke-TaniumQuery endpoints -Property id, id } }
            @{ Name = 'a name that is none'; Words = '*is not the name of a field*'; Run = { Invoke-TaniumQuery 'end points' -Property id } }
            @{ Name = 'a query that has no cursor'; Words = '*cannot be read in pages*'; Run = { Invoke-TaniumQuery -Query '{ endpoints { edges { node { id } } } }' } }
            @{ Name = 'a variable that is not declared'; Words = '*declares no variable $x*'; Run = { Invoke-TaniumQuery -Query $query -Argument @{ x = 1 } } }
            @{ Name = 'a variable of the paging'; Words = '*$first*paging sets it*'; Run = { Invoke-TaniumQuery -Query $query -Argument @{ first = 1 } } }
            @{ Name = 'a variable twice'; Words = "-Argument has the variable 'where' twice*"; Run = { Invoke-TaniumQuery -Query $query -Argument @{ where = 1; '$where' = 2 } } }
            @{ Name = 'a value that JSON does not have'; Words = '*of -Argument has the type*'; Run = { Invoke-TaniumQuery -Query $query -Argument @{ where = [guid]::Empty } } }
            @{ Name = 'a value that holds itself'; Words = '-Argument is nested too deep*'; Run = { $a = @{}; $a.a = $a; Invoke-TaniumQuery -Query $query -Argument @{ where = $a } } }
            @{ Name = 'a proof without a count'; Words = '*-NoVerify*'; Run = { Invoke-TaniumQuery endpoints -Property id -RequireComplete -NoVerify } }
        ) {
            $before = $server.RequestCount
            $Run | Should -Throw $Words -ErrorId 'InvalidArgument,*'
            $server.RequestCount | Should -Be $before
        }

        It 'refuses wrong parameters' {
            { Invoke-TaniumQuery endpoints -Property id -PageSize 10001 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
            { Invoke-TaniumQuery -Field endpoints -Property id -Query $query } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
            { Invoke-TaniumQuery -Field endpoints -Property id -Argument @{ a = 1 } } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        }

        It 'says what the server says about a field that it does not have' {
            $caught = try { Invoke-TaniumQuery endpoints -Property id, nothing } catch { $_ }
            "$caught" | Should -Match 'The server answered POST .+ with an error\. It says: Cannot query field "nothing"'
            $caught.ErrorDetails.RecommendedAction | Should -BeLike 'Correct -Field, -Property or -Query*'
        }

        It 'refuses records from the pipeline' {
            $record = Invoke-TaniumQuery -Query $query -First 1
            $record | Invoke-TaniumQuery -ErrorVariable refused -ErrorAction SilentlyContinue
            $refused[0].FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*'
        }

        It 'says what to correct after <Status>' -ForEach @(
            @{ Status = '400'; Id = 'BadRequest'; Advice = 'Invoke-TaniumQuery' }
            @{ Status = '401'; Id = 'Unauthorized'; Advice = 'Connect-Tanium' }
            @{ Status = '403'; Id = 'Forbidden'; Advice = 'Connect-Tanium' }
        ) {
            $server.AddFault($Status, 'Query', 0, 1000)
            $caught = try { Invoke-TaniumQuery endpoints -Property id -NoVerify } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            $caught.ErrorDetails.RecommendedAction | Should -Match $Advice
            $caught.ErrorDetails.RecommendedAction | Should -Not -Match 'LogScale|QueryJob'
        }

        It 'completes the known fields without a request: <_>' -ForEach 'Invoke-TaniumQuery -Field en', 'Invoke-TaniumQuery en', 'Invoke-TaniumExport en' {
            $before = $server.RequestCount
            (TabExpansion2 $_ $_.Length).CompletionMatches.CompletionText | Should -Contain endpoints
            $server.RequestCount | Should -Be $before
        }
    }

    Context 'Invoke-TaniumExport' {
        It 'exports what the query emits, and its file can be tested and read back' {
            $result = Invoke-TaniumExport endpoints all.ndjson -Property id, name, 'os{name}', serial
            $result.State | Should -Be Complete
            $result.System | Should -Be Tanium
            $result.Events | Should -Be 1000
            (Get-Content all.ndjson)[0] | Should -BeExactly '{"id":"1","name":"host-00000.example.com","os":{"name":"Windows 11 Enterprise"},"serial":9007199254740993}'
            (Test-PagedExport all.ndjson -Recount).IsValid | Should -BeTrue
            $read = @(Import-PagedExport all.ndjson)
            $read.id | Should -Be (Invoke-TaniumQuery endpoints -Property id).id
            $read[0].pstypenames[0..1] | Should -Be 'LogScalePaging.TaniumRecord', 'LogScalePaging.Record'
            $read[0].os.name | Should -Be 'Windows 11 Enterprise'
            Add-Content all.ndjson '{}'
            Test-PagedExport all.ndjson -Quiet | Should -BeFalse
        }

        It 'resumes an export that broke off, to the same bytes: <Name>' -ForEach @(
            @{ Name = 'a field'; With = @{ Field = 'endpoints'; Property = 'id', 'name', 'os{name,platform}' } }
            @{ Name = 'backward'; With = @{ Field = 'endpoints'; Property = 'id', 'name'; Backward = $true } }
            @{ Name = 'a query'; With = @{ Query = 'query($n: Int, $after: Cursor, $w: Any) { endpoints(first: $n, after: $after) { edges { node { name id } } pageInfo { hasNextPage endCursor } totalRecords } }'; Argument = @{ w = 'x' } } }
        ) {
            Remove-Item whole.ndjson*, part.ndjson*
            $null = Invoke-TaniumExport @With -Path whole.ndjson
            $server.AddFault('500', 'Query', 6, 1000)
            $broken = Invoke-TaniumExport @With -Path part.ndjson -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $broken.State | Should -Be Incomplete
            $broken.PartialPath | Should -Exist
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'QueryJobExportIncomplete,*'
            $failed[0].ErrorDetails.RecommendedAction | Should -Match 'Resume-PagedExport'
            $server.ClearFaults()
            (Resume-PagedExport part.ndjson).State | Should -Be Complete
            (Get-FileHash part.ndjson).Hash | Should -Be (Get-FileHash whole.ndjson).Hash
            (Test-PagedExport part.ndjson -Recount).IsValid | Should -BeTrue
        }

        It 'begins with -Resume where there is nothing to resume' {
            (Invoke-TaniumExport endpoints again.ndjson -Property id -Resume).State | Should -Be Complete
        }

        It 'refuses to resume with other fields' {
            $server.AddFault('500', 'Query', 6, 1000)
            $null = Invoke-TaniumExport endpoints other.ndjson -Property id -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $server.ClearFaults()
            { Invoke-TaniumExport endpoints other.ndjson -Property id, name -Resume } | Should -Throw -ErrorId 'CheckpointMismatch,*'
        }

        It 'writes nothing with -WhatIf, and does not promise what would be refused' {
            Invoke-TaniumExport endpoints whatif.ndjson -Property id -WhatIf
            'whatif.ndjson*' | Should -Not -Exist
            $before = $server.RequestCount
            Set-Content there.ndjson x
            { Invoke-TaniumExport endpoints there.ndjson -Property id -WhatIf } | Should -Throw -ErrorId 'OutputExists,*'
            $server.RequestCount | Should -Be $before
        }

        It 'emits files with -PassThru, in parts of -MaxFileEvents' {
            $files = @(Invoke-TaniumExport endpoints split.csv -Property name, id -MaxFileEvents 400 -PassThru)
            $files.Count | Should -Be 3
            ($files | ForEach-Object { @(Import-Csv $_).Count } | Measure-Object -Sum).Sum | Should -Be 1000
            @(Import-Csv $files[0])[0].psobject.Properties.Name | Should -Be name, id
        }

        It 'exports no more than -First' {
            (Invoke-TaniumExport endpoints first.ndjson -Property id -First 12).Events | Should -Be 12
        }

        It 'is not Complete where only a part of the estate has answered' {
            $server.RespondedCount = 900
            { Invoke-TaniumExport endpoints partial.ndjson -Property id -RequireComplete -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'NotComplete,*'
            'partial.ndjson' | Should -Exist
            (Get-Content partial.ndjson.manifest.json -Raw | ConvertFrom-Json).state | Should -Be Unverified
        }
    }

    Context 'The connection' {
        It 'is the default of the session, and shows no secret' {
            $connection | Should -BeOfType LogScalePaging.TaniumConnection
            $connection.System | Should -Be Tanium
            $said = Invoke-TaniumQuery endpoints -Property id -First 1 -Verbose 4>&1 | Out-String
            "$said$($connection | Format-List * | Out-String)$($connection | ConvertTo-Json -Depth 3)" | Should -Not -Match $token
            [System.Management.Automation.PSSerializer]::Serialize($server) | Should -Not -Match "$token|SecureString"
            @($server.GetRequestLog() -match $token).Count | Should -Be 0
        }

        It 'comes from the environment' {
            Disconnect-Tanium
            { Invoke-TaniumQuery endpoints -Property id } | Should -Throw 'Not connected. Run Connect-Tanium, or set TANIUM_URL and TANIUM_TOKEN.' -ErrorId 'NotConnected,*'
            { Connect-Tanium } | Should -Throw '*TANIUM_URL*' -ErrorId 'InvalidArgument,*'
            { Connect-Tanium $server.BaseUrl } | Should -Throw '*TANIUM_TOKEN*' -ErrorId 'InvalidArgument,*'
            try {
                $env:TANIUM_URL = "$($server.BaseUrl)/plugin/products/gateway/graphql"
                $env:TANIUM_TOKEN = $token
                @(Invoke-TaniumQuery endpoints -Property id -First 3).Count | Should -Be 3
                (Connect-Tanium).BaseUrl | Should -Be $server.BaseUrl
            }
            finally { $env:TANIUM_URL = $env:TANIUM_TOKEN = $null }
        }

        It 'takes a token as a SecureString or a credential, and never as text' {
            $secret = ConvertTo-SecureString $token -AsPlainText -Force
            foreach ($given in $secret, [pscredential]::new('me', $secret)) {
                $made = Connect-Tanium $server.BaseUrl -Token $given
                @(Invoke-TaniumQuery endpoints -Property id -First 2 -Connection $made).Count | Should -Be 2
            }
            $caught = try { Connect-Tanium $server.BaseUrl -Token 'my-secret-text' } catch { $_ }
            "$caught" | Should -Match 'TANIUM_TOKEN'
            "$caught" | Should -Not -Match 'my-secret-text'
        }

        It 'says that the token is wrong, and does not show it' {
            $wrong = Connect-Tanium $server.BaseUrl -Token (ConvertTo-SecureString 'a-wrong-token' -AsPlainText -Force)
            $caught = try { Invoke-TaniumQuery endpoints -Property id -Connection $wrong -Verbose 4>&1 } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -Match '^(Unauthorized|Forbidden),'
            $caught.ErrorDetails.RecommendedAction | Should -Match 'Connect-Tanium'
            "$($caught | Format-List * -Force | Out-String)" | Should -Not -Match 'a-wrong-token'
        }

        It 'is refused where another system is needed, and another one here' {
            { Invoke-QueryJob '*' -Connection $connection } | Should -Throw '*is to Tanium*' -ErrorId 'WrongSystem,*'
            $other = Start-LogScaleSimulator -EventCount 0 | Connect-LogScale
            { Invoke-TaniumQuery endpoints -Property id -Connection $other } | Should -Throw '*is to LogScale. Invoke-TaniumQuery requires a connection to Tanium. Use Connect-Tanium.' -ErrorId 'WrongSystem,*'
            { Invoke-TaniumExport endpoints w.json -Property id -Connection $other } | Should -Throw -ErrorId 'WrongSystem,*'
            { $other | Disconnect-Tanium } | Should -Throw -ErrorId 'WrongSystem,*'
            @(Invoke-TaniumQuery endpoints -Property id -First 2).Count | Should -Be 2
        }

        It 'cannot be used after Disconnect-Tanium, which -WhatIf does not do' {
            $mine = $server | Connect-Tanium
            $mine | Disconnect-Tanium -WhatIf
            $mine.IsOpen | Should -BeTrue
            $mine | Disconnect-Tanium
            $mine.IsOpen | Should -BeFalse
            { Invoke-TaniumQuery endpoints -Property id -Connection $mine } | Should -Throw '*was disconnected*' -ErrorId 'NotConnected,*'
        }
    }

    Context 'The simulator' {
        It 'refuses the cmdlet of another system' {
            { $server | Connect-LogScale } | Should -Throw '*connect to this one with Connect-Tanium.'
            { $server | Connect-Axiom } | Should -Throw '*connect to this one with Connect-Tanium.'
            { Start-LogScaleSimulator -EventCount 0 | Connect-Tanium } | Should -Throw '*Start-LogScaleSimulator -System Tanium*Connect-LogScale.'
        }

        It 'refuses a setting that it does not have: <_>' -ForEach 'BufferSize', 'Repository', 'CrowdCount', 'EventSpanHours' {
            $given = @{ $_ = 5 }
            { Start-LogScaleSimulator -System Tanium @given } | Should -Throw "-$_ is not a setting of -System Tanium." -ErrorId 'InvalidArgument,*'
        }

        It 'has the token and the number of records that are given' {
            $mine = Start-LogScaleSimulator Tanium -EventCount 30 -Token (ConvertTo-SecureString 'another-token' -AsPlainText -Force)
            try {
                $made = $mine | Connect-Tanium
                @(Invoke-TaniumQuery endpoints -Property id -Connection $made).Count | Should -Be 30
                "$mine" | Should -Be $mine.BaseUrl
                $mine.Fields | Should -Contain endpoints
            }
            finally { $mine | Stop-LogScaleSimulator }
        }

        It 'reports an unknown fault' {
            { $server.AddPageFault('Nonsense', 1, 1) } | Should -Throw '*Nonsense*'
        }
    }

    Context 'The views' {
        It 'show records on one line each, also when they are deserialised' {
            $records = Invoke-TaniumQuery -Query $query -First 3
            $shown = $records | Out-String -Width 160
            $shown | Should -Match 'Id\s+Fields Content'
            $shown | Should -Match 'name=host-000'
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($records, 3))
            $copy | Out-String -Width 160 | Should -Be $shown
        }

        It 'show connections and simulators as tables' {
            ($server | Out-String -Width 160) | Should -Match "$($server.BaseUrl)\s+True"
            ($connection | Out-String -Width 160) | Should -Match 'Tanium\s+http'
        }
    }
}

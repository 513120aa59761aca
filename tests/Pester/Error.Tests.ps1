Describe 'Error records' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $describe = $ModuleAssembly.GetType('LogScalePaging.ErrorKinds').GetMethod('Describe')
        function Get-Id($Failure) { $describe.Invoke($null, @($Failure)).Item1 }
        function New-Failure([string] $Type, [string] $Kind, [object[]] $Rest) {
            $class = Get-EngineType $Type
            $constructor = $class.GetConstructors()[0]
            $constructor.Invoke(@([Enum]::Parse($constructor.GetParameters()[0].ParameterType, $Kind)) + $Rest)
        }
    }

    It 'have the id <Id> for <Kind> of a request' -ForEach @(
        @{ Kind = 'BadRequest'; Id = 'BadRequest' }, @{ Kind = 'Unauthorized'; Id = 'Unauthorized' }, @{ Kind = 'Forbidden'; Id = 'Forbidden' }
        @{ Kind = 'NotFound'; Id = 'NotFound' }, @{ Kind = 'RateLimited'; Id = 'RateLimited' }, @{ Kind = 'Unavailable'; Id = 'ServerUnavailable' }
        @{ Kind = 'ServerError'; Id = 'ServerError' }, @{ Kind = 'UnexpectedStatus'; Id = 'UnexpectedStatus' }, @{ Kind = 'Redirected'; Id = 'Redirected' }
        @{ Kind = 'ConnectionFailed'; Id = 'ConnectionFailed' }, @{ Kind = 'TlsFailed'; Id = 'TlsFailed' }, @{ Kind = 'ConnectionLost'; Id = 'ConnectionLost' }
        @{ Kind = 'Timeout'; Id = 'Timeout' }, @{ Kind = 'NotTheApi'; Id = 'NotTheApi' }, @{ Kind = 'InvalidAnswer'; Id = 'InvalidAnswer' }
    ) { Get-Id (New-Failure LogScalePaging.Transport.Errors.ApiException $Kind 'words', $null) | Should -BeExactly $Id }

    It 'have the id <Id> for the network problem <Problem>' -ForEach @(
        @{ Problem = 'CertificateExpired'; Id = 'CertificateExpired' }, @{ Problem = 'CertificateName'; Id = 'CertificateNameMismatch' }
        @{ Problem = 'CertificateUntrusted'; Id = 'CertificateUntrusted' }, @{ Problem = 'ProxyCredentials'; Id = 'ProxyCredentialNeeded' }
        @{ Problem = 'ProxyRefused'; Id = 'ProxyRefused' }
    ) {
        $failure = New-Failure LogScalePaging.Transport.Errors.ApiException ConnectionFailed 'words', $null
        $property = $failure.GetType().GetProperty('NetworkProblem')
        $property.SetValue($failure, [Enum]::Parse((Get-EngineType LogScalePaging.Transport.Errors.NetworkProblem), $Problem))
        Get-Id $failure | Should -BeExactly $Id
    }

    It 'have an id for every network problem and every problem of a sign-in' {
        foreach ($problem in [Enum]::GetValues((Get-EngineType LogScalePaging.Transport.Errors.NetworkProblem))) {
            $failure = New-Failure LogScalePaging.Transport.Errors.ApiException TlsFailed 'words', $null
            $failure.GetType().GetProperty('NetworkProblem').SetValue($failure, $problem)
            Get-Id $failure | Should -Not -BeIn Unexpected, TlsFailed -Because "$problem needs an id"
        }
        $class = Get-EngineType LogScalePaging.Falcon.SignIn.FalconSignInException
        foreach ($problem in [Enum]::GetValues((Get-EngineType LogScalePaging.Falcon.SignIn.FalconSignInProblem))) {
            $failure = $class.GetConstructors()[0].Invoke(@($problem, [Enum]::Parse((Get-EngineType LogScalePaging.Transport.Errors.ApiErrorKind), 'Forbidden'), 'words', $null))
            Get-Id $failure | Should -Not -BeIn Unexpected, Forbidden -Because "$problem needs an id"
        }
    }

    It 'have the id ServerGone when the circuit is open' {
        $failure = New-Failure LogScalePaging.Transport.Errors.ApiException ConnectionFailed 'words', $null
        $failure.GetType().GetProperty('IsCircuitOpen').SetValue($failure, $true)
        Get-Id $failure | Should -BeExactly ServerGone
    }

    It 'have the id <Id> for <Kind> of a walk' -ForEach @(
        @{ Kind = 'RequestFailed'; Id = 'RequestFailed' }, @{ Kind = 'PositionRepeated'; Id = 'PositionRepeated' }, @{ Kind = 'TooManyEmptyPages'; Id = 'TooManyEmptyPages' }
        @{ Kind = 'FieldsMissing'; Id = 'FieldsMissing' }, @{ Kind = 'TooManyRestarts'; Id = 'TooManyRestarts' }
    ) { Get-Id (New-Failure LogScalePaging.Paging.PagingException $Kind 'words', $null) | Should -BeExactly $Id }

    It 'have the id <Id> for <Kind> of an export' -ForEach @(
        @{ Kind = 'OutputExists'; Id = 'OutputExists' }, @{ Kind = 'ResumableExists'; Id = 'ResumableExists' }, @{ Kind = 'NothingToResume'; Id = 'NothingToResume' }
        @{ Kind = 'FolderMissing'; Id = 'FolderMissing' }, @{ Kind = 'NotWritable'; Id = 'OutputNotWritable' }, @{ Kind = 'Locked'; Id = 'OutputLocked' }
        @{ Kind = 'DiskFull'; Id = 'DiskFull' }, @{ Kind = 'Damaged'; Id = 'OutputDamaged' }, @{ Kind = 'BadPath'; Id = 'BadPath' }, @{ Kind = 'Other'; Id = 'OutputFailed' }
    ) { Get-Id (New-Failure LogScalePaging.Export.Errors.ExportException $Kind 'path', 'words', $null) | Should -BeExactly $Id }

    It 'have an id for every kind of <_>' -ForEach 'LogScalePaging.Transport.Errors.ApiErrorKind', 'LogScalePaging.Paging.PagingErrorKind', 'LogScalePaging.Export.Errors.ExportErrorKind' {
        $exception = $_ -replace 'ErrorKind$', 'Exception'
        $rest = if ($exception -like '*Export*') { 'path', 'words', $null } else { 'words', $null }
        foreach ($kind in [Enum]::GetNames((Get-EngineType $_))) {
            Get-Id (New-Failure $exception $kind $rest) | Should -Not -Be Unexpected -Because "$kind needs an id"
        }
    }

    It 'show the failed request of a walk' {
        $request = New-Failure LogScalePaging.Transport.Errors.ApiException Unauthorized 'words', $null
        Get-Id (New-Failure LogScalePaging.Paging.PagingException RequestFailed 'words', $request) | Should -Be Unauthorized
    }

    It 'have the id Unexpected for any other exception' {
        Get-Id ([System.NotImplementedException]::new('oh')) | Should -Be Unexpected
    }

    It 'offer the strategies that can be requested' {
        $set = (Get-Command Invoke-QueryJobExport).Parameters.Strategy.Attributes | Where-Object { $_ -is [ValidateSet] }
        $set.ValidValues | Should -Be ((Get-EngineType LogScalePaging.LogScale.Queries.SearchSpec)::Requestable -as [string[]])
    }
}

Describe 'Common errors' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer @{ EventCount = 300 }
        function Get-Caught([scriptblock] $Work) { try { $null = & $Work } catch { $_ } }
    }
    AfterEach { $null = $server | Connect-LogScale -MaxRetryCount 0; $server.ClearFaults() }
    AfterAll { Stop-LogScaleSimulator }

    It 'have one clear message each: <Name>' -ForEach @(
        @{ Name = 'wrong token'; Id = 'Unauthorized'; Category = 'AuthenticationError'; Words = 'token'; Connect = { Connect-LogScale $server.BaseUrl -Repository demo -Token (ConvertTo-SecureString nope -AsPlainText -Force) -MaxRetryCount 0 } }
        @{ Name = 'wrong repository'; Id = 'NotFound'; Category = 'ObjectNotFound'; Words = 'repository'; Connect = { Connect-LogScale $server.BaseUrl -Repository nowhere -Token $server.Token -MaxRetryCount 0 } }
        @{ Name = 'no server'; Id = 'ConnectionFailed'; Category = 'ConnectionError'; Words = '127.0.0.1:9'; Connect = { Connect-LogScale http://127.0.0.1:9 -Repository demo -Token $server.Token -MaxRetryCount 0 } }
        @{ Name = 'a web page'; Id = 'NotTheApi'; Category = 'InvalidResult'; Words = 'base URL'; Connect = { $server | Connect-LogScale -MaxRetryCount 0; $server.AddFault('Html', '', 0, 10) } }
        @{ Name = 'an overloaded server'; Id = 'ServerUnavailable'; Category = 'ResourceUnavailable'; Words = '503'; Connect = { $server | Connect-LogScale -MaxRetryCount 0; $server.AddFault('503', '', 0, 10) } }
        @{ Name = 'a broken answer'; Id = 'InvalidAnswer'; Category = 'InvalidData'; Words = 'answer'; Connect = { $server | Connect-LogScale -MaxRetryCount 0; $server.AddFault('WrongJson', 'Create', 0, 10) } }
    ) {
        $null = & $Connect
        $caught = Get-Caught { Invoke-QueryJob '*' -Start 2h }
        $caught.FullyQualifiedErrorId | Should -BeExactly "$Id,LogScalePaging.Commands.InvokeQueryJobCommand"
        $caught.CategoryInfo.Category | Should -Be $Category
        $caught.Exception.Message | Should -Match $Words
        $caught.Exception.GetType().FullName | Should -Be LogScalePaging.LogScalePagingException
        $caught.Exception.InnerException | Should -BeNullOrEmpty
        $caught.TargetObject | Should -Be '*'
        "$caught" | Should -Not -Match '   at |Exception:'
        $server.LiveJobCount | Should -Be 0
    }

    It 'refuse a range that runs backward before anything is sent: <Cmdlet> from <Start> to <End>' -ForEach @(
        @{ Cmdlet = 'Invoke-QueryJob'; Start = '1h'; End = '2h' }, @{ Cmdlet = 'Invoke-QueryJob'; Start = 'now'; End = '1h' }
        @{ Cmdlet = 'Invoke-QueryJob'; Start = [timespan]::FromHours(1); End = '2h' }, @{ Cmdlet = 'Invoke-QueryJob'; Start = [datetime]::UtcNow.AddHours(1); End = 'now' }
        @{ Cmdlet = 'New-QueryJob'; Start = '1h'; End = '2h' }, @{ Cmdlet = 'New-QueryJob'; Start = '1h'; End = '2026-01-01' }
        @{ Cmdlet = 'Invoke-QueryJobExport'; Start = '5m'; End = '1h' }
    ) {
        $path = if ($Cmdlet -eq 'Invoke-QueryJobExport') { @{ Path = Join-Path $TestDrive backward.json } } else { @{} }
        $before = $server.RequestCount
        $caught = Get-Caught { & $Cmdlet '*' -Start $Start -End $End @path }
        $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        "$caught" | Should -Match "^The start '.+' is not before the end '.+', so no event can match"
        $server.RequestCount | Should -Be $before
        Join-Path $TestDrive backward.json* | Should -Not -Exist
    }

    It 'refuse a query of spaces, which would return every event: <_>' -ForEach 'Invoke-QueryJob', 'New-QueryJob' {
        $before = $server.RequestCount
        $caught = Get-Caught { & $_ ' ' -Start 1h }
        $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        "$caught" | Should -Match "Use '\*'"
        $server.RequestCount | Should -Be $before
    }

    It 'name the parameter whose value is null' {
        Get-ErrorId { Invoke-QueryJob '*' -Start $null } | Should -Be ParameterArgumentValidationError
        Get-ErrorId { Invoke-QueryJob '*' -End $null } | Should -Be ParameterArgumentValidationError
    }

    It 'name the range if the server refuses it' {
        $caught = Get-Caught { Invoke-QueryJob '*' -Start 1d@d -End 2d@d }
        $caught.FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
        $caught.ErrorDetails.RecommendedAction | Should -Match 'the query or its time range \(-Start, -End\)'
    }

    It 'keep the lines of the server''s message about a query, also in a script file' {
        $script = Join-Path $TestDrive runbook.ps1
        Set-Content $script "Invoke-QueryJob '#event_simpleName=ProcessRollup2 | groupBy(' -Start 1h"
        $caught = Get-Caught { & $script }
        $excerpt = ($caught.Exception.Message -split '\n', 2)[1].TrimEnd()
        $excerpt | Should -Match '\n *.*\^'
        $caught.ErrorDetails.RecommendedAction | Should -Match ([regex]::Escape($excerpt))
        # At the prompt, the message itself keeps the lines, so they are not repeated.
        $shell = New-OtherPowerShell @{ server = $server }
        try {
            $null = $shell.AddScript('$server | Connect-LogScale').AddStatement().AddScript("Invoke-QueryJob '* | groupBy(' -Start 1h").Invoke()
            $shell.Streams.Error.Count | Should -Be 1
            $shell.Streams.Error[0].ErrorDetails.RecommendedAction | Should -Match 'Correct'
            $shell.Streams.Error[0].ErrorDetails.RecommendedAction | Should -Not -Match '\n'
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'have the facts of the request' {
        $null = $server | Connect-LogScale -MaxRetryCount 0
        $server.AddFault('500', 'Create', 0, 1)
        $caught = Get-Caught { Invoke-QueryJob '*' -Start 2h }
        $caught.Exception.StatusCode | Should -Be 500
        $caught.Exception.RequestMethod | Should -Be POST
        $caught.Exception.RequestPath | Should -Match 'queryjobs'
        $caught.Exception.Attempts | Should -Be 1
    }

    It 'say which fields a walk needs' {
        $small = New-TestServer
        $caught = Get-Caught { Invoke-QueryJob '* | select([ComputerName])' -Start 2h }
        if ($caught) {
            $caught.FullyQualifiedErrorId | Should -BeLike 'FieldsMissing,*'
            $caught.Exception.Message | Should -Match '@id'
        }
        $small.LiveJobCount | Should -Be 0
        $small | Stop-LogScaleSimulator
    }
}

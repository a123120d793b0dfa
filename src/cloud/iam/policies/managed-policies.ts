// Policies that AWS manages and every account can attach, as AWS publishes them: those that roles of functions and of
// their APIs are given. Documents are AWS's own, of the version named.

export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly version: string;
  readonly created: string;
  readonly updated: string;
  readonly document: string;
}

const rows: readonly ManagedPolicy[] = [
  {
    name: "AdministratorAccess",
    path: "/",
    version: "v1",
    created: "2015-02-06T18:39:46Z",
    updated: "2015-02-06T18:39:46Z",
    document: '{"Version":"2012-10-17","Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonAPIGatewayAdministrator",
    path: "/",
    version: "v1",
    created: "2015-07-09T17:34:45Z",
    updated: "2015-07-09T17:34:45Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["apigateway:*"],"Effect":"Allow","Resource":"arn:aws:apigateway:*::/*"}]}',
  },
  {
    name: "AmazonAPIGatewayInvokeFullAccess",
    path: "/",
    version: "v2",
    created: "2015-07-09T17:36:12Z",
    updated: "2018-12-18T18:25:10Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["execute-api:Invoke","execute-api:ManageConnections"],"Effect":"Allow","Resource":"arn:aws:execute-api:*:*:*"}]}',
  },
  {
    name: "AmazonAPIGatewayPushToCloudWatchLogs",
    path: "/service-role/",
    version: "v1",
    created: "2015-11-11T23:41:46Z",
    updated: "2015-11-11T23:41:46Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:DescribeLogGroups","logs:DescribeLogStreams","logs:PutLogEvents","logs:GetLogEvents","logs:FilterLogEvents"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonDynamoDBFullAccess",
    path: "/",
    version: "v15",
    created: "2015-02-06T18:40:11Z",
    updated: "2021-01-29T17:38:30Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["dynamodb:*","dax:*","application-autoscaling:DeleteScalingPolicy","application-autoscaling:DeregisterScalableTarget","application-autoscaling:DescribeScalableTargets","application-autoscaling:DescribeScalingActivities","application-autoscaling:DescribeScalingPolicies","application-autoscaling:PutScalingPolicy","application-autoscaling:RegisterScalableTarget","cloudwatch:DeleteAlarms","cloudwatch:DescribeAlarmHistory","cloudwatch:DescribeAlarms","cloudwatch:DescribeAlarmsForMetric","cloudwatch:GetMetricStatistics","cloudwatch:ListMetrics","cloudwatch:PutMetricAlarm","cloudwatch:GetMetricData","datapipeline:ActivatePipeline","datapipeline:CreatePipeline","datapipeline:DeletePipeline","datapipeline:DescribeObjects","datapipeline:DescribePipelines","datapipeline:GetPipelineDefinition","datapipeline:ListPipelines","datapipeline:PutPipelineDefinition","datapipeline:QueryObjects","ec2:DescribeVpcs","ec2:DescribeSubnets","ec2:DescribeSecurityGroups","iam:GetRole","iam:ListRoles","kms:DescribeKey","kms:ListAliases","sns:CreateTopic","sns:DeleteTopic","sns:ListSubscriptions","sns:ListSubscriptionsByTopic","sns:ListTopics","sns:Subscribe","sns:Unsubscribe","sns:SetTopicAttributes","lambda:CreateFunction","lambda:ListFunctions","lambda:ListEventSourceMappings","lambda:CreateEventSourceMapping","lambda:DeleteEventSourceMapping","lambda:GetFunctionConfiguration","lambda:DeleteFunction","resource-groups:ListGroups","resource-groups:ListGroupResources","resource-groups:GetGroup","resource-groups:GetGroupQuery","resource-groups:DeleteGroup","resource-groups:CreateGroup","tag:GetResources","kinesis:ListStreams","kinesis:DescribeStream","kinesis:DescribeStreamSummary"],"Effect":"Allow","Resource":"*"},{"Action":"cloudwatch:GetInsightRuleReport","Effect":"Allow","Resource":"arn:aws:cloudwatch:*:*:insight-rule/DynamoDBContributorInsights*"},{"Action":["iam:PassRole"],"Condition":{"StringLike":{"iam:PassedToService":["application-autoscaling.amazonaws.com","application-autoscaling.amazonaws.com.cn","dax.amazonaws.com"]}},"Effect":"Allow","Resource":"*"},{"Action":["iam:CreateServiceLinkedRole"],"Condition":{"StringEquals":{"iam:AWSServiceName":["replication.dynamodb.amazonaws.com","dax.amazonaws.com","dynamodb.application-autoscaling.amazonaws.com","contributorinsights.dynamodb.amazonaws.com","kinesisreplication.dynamodb.amazonaws.com"]}},"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonDynamoDBReadOnlyAccess",
    path: "/",
    version: "v15",
    created: "2015-02-06T18:40:12Z",
    updated: "2024-11-18T17:38:15Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["application-autoscaling:DescribeScalableTargets","application-autoscaling:DescribeScalingActivities","application-autoscaling:DescribeScalingPolicies","cloudwatch:DescribeAlarmHistory","cloudwatch:DescribeAlarms","cloudwatch:DescribeAlarmsForMetric","cloudwatch:GetMetricStatistics","cloudwatch:ListMetrics","cloudwatch:GetMetricData","datapipeline:DescribeObjects","datapipeline:DescribePipelines","datapipeline:GetPipelineDefinition","datapipeline:ListPipelines","datapipeline:QueryObjects","dynamodb:BatchGetItem","dynamodb:Describe*","dynamodb:List*","dynamodb:GetAbacStatus","dynamodb:GetItem","dynamodb:GetResourcePolicy","dynamodb:Query","dynamodb:Scan","dynamodb:PartiQLSelect","dax:Describe*","dax:List*","dax:GetItem","dax:BatchGetItem","dax:Query","dax:Scan","ec2:DescribeVpcs","ec2:DescribeSubnets","ec2:DescribeSecurityGroups","iam:GetRole","iam:ListRoles","kms:DescribeKey","kms:ListAliases","sns:ListSubscriptionsByTopic","sns:ListTopics","lambda:ListFunctions","lambda:ListEventSourceMappings","lambda:GetFunctionConfiguration","resource-groups:ListGroups","resource-groups:ListGroupResources","resource-groups:GetGroup","resource-groups:GetGroupQuery","tag:GetResources","kinesis:ListStreams","kinesis:DescribeStream","kinesis:DescribeStreamSummary"],"Effect":"Allow","Resource":"*","Sid":"GeneralReadOnlyAccess"},{"Action":"cloudwatch:GetInsightRuleReport","Effect":"Allow","Resource":"arn:aws:cloudwatch:*:*:insight-rule/DynamoDBContributorInsights*","Sid":"CCIAccess"}]}',
  },
  {
    name: "AmazonEC2ContainerRegistryFullAccess",
    path: "/",
    version: "v3",
    created: "2015-12-21T17:06:48Z",
    updated: "2020-12-05T00:04:19Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["ecr:*","cloudtrail:LookupEvents"],"Effect":"Allow","Resource":"*"},{"Action":["iam:CreateServiceLinkedRole"],"Condition":{"StringEquals":{"iam:AWSServiceName":["replication.ecr.amazonaws.com"]}},"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonEC2ContainerRegistryPowerUser",
    path: "/",
    version: "v3",
    created: "2015-12-21T17:05:33Z",
    updated: "2019-12-10T20:48:08Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["ecr:GetAuthorizationToken","ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:GetRepositoryPolicy","ecr:DescribeRepositories","ecr:ListImages","ecr:DescribeImages","ecr:BatchGetImage","ecr:GetLifecyclePolicy","ecr:GetLifecyclePolicyPreview","ecr:ListTagsForResource","ecr:DescribeImageScanFindings","ecr:InitiateLayerUpload","ecr:UploadLayerPart","ecr:CompleteLayerUpload","ecr:PutImage"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonEC2ContainerRegistryPullOnly",
    path: "/",
    version: "v1",
    created: "2024-10-04T16:58:49Z",
    updated: "2024-10-04T16:58:49Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["ecr:GetAuthorizationToken","ecr:BatchGetImage","ecr:GetDownloadUrlForLayer","ecr:BatchImportUpstreamImage"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonEC2ContainerRegistryReadOnly",
    path: "/",
    version: "v3",
    created: "2015-12-21T17:04:15Z",
    updated: "2019-12-10T20:56:32Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["ecr:GetAuthorizationToken","ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:GetRepositoryPolicy","ecr:DescribeRepositories","ecr:ListImages","ecr:DescribeImages","ecr:BatchGetImage","ecr:GetLifecyclePolicy","ecr:GetLifecyclePolicyPreview","ecr:ListTagsForResource","ecr:DescribeImageScanFindings"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonS3FullAccess",
    path: "/",
    version: "v2",
    created: "2015-02-06T18:40:58Z",
    updated: "2021-09-27T20:16:37Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["s3:*","s3-object-lambda:*"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonS3ReadOnlyAccess",
    path: "/",
    version: "v3",
    created: "2015-02-06T18:40:59Z",
    updated: "2023-08-10T21:31:39Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["s3:Get*","s3:List*","s3:Describe*","s3-object-lambda:Get*","s3-object-lambda:List*"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonSNSFullAccess",
    path: "/",
    version: "v2",
    created: "2015-02-06T18:41:05Z",
    updated: "2024-09-24T22:32:05Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":"sns:*","Effect":"Allow","Resource":"*","Sid":"SNSFullAccess"},{"Action":["sms-voice:DescribeVerifiedDestinationNumbers","sms-voice:CreateVerifiedDestinationNumber","sms-voice:SendDestinationNumberVerificationCode","sms-voice:SendTextMessage","sms-voice:DeleteVerifiedDestinationNumber","sms-voice:VerifyDestinationNumber","sms-voice:DescribeAccountAttributes","sms-voice:DescribeSpendLimits","sms-voice:DescribePhoneNumbers","sms-voice:SetTextMessageSpendLimitOverride","sms-voice:DescribeOptedOutNumbers","sms-voice:DeleteOptedOutNumber"],"Condition":{"StringEquals":{"aws:CalledViaLast":"sns.amazonaws.com"}},"Effect":"Allow","Resource":"*","Sid":"SMSAccessViaSNS"}]}',
  },
  {
    name: "AmazonSQSFullAccess",
    path: "/",
    version: "v1",
    created: "2015-02-06T18:41:07Z",
    updated: "2015-02-06T18:41:07Z",
    document: '{"Version":"2012-10-17","Statement":[{"Action":["sqs:*"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AmazonSSMReadOnlyAccess",
    path: "/",
    version: "v1",
    created: "2015-05-29T17:44:19Z",
    updated: "2015-05-29T17:44:19Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["ssm:Describe*","ssm:Get*","ssm:List*"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AWSLambda_FullAccess",
    path: "/",
    version: "v7",
    created: "2020-11-17T21:14:08Z",
    updated: "2026-02-12T18:00:51Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["cloudformation:DescribeStacks","cloudformation:ListStackResources","cloudwatch:ListMetrics","cloudwatch:GetMetricData","ec2:DescribeSecurityGroups","ec2:DescribeSubnets","ec2:DescribeVpcs","kms:DescribeKey","kms:ListAliases","iam:GetPolicy","iam:GetPolicyVersion","iam:GetRole","iam:GetRolePolicy","iam:ListAttachedRolePolicies","iam:ListRolePolicies","iam:ListRoles","lambda:*","logs:DescribeLogGroups","states:DescribeStateMachine","states:ListStateMachines","tag:GetResources","xray:GetTraceSummaries","xray:BatchGetTraces"],"Effect":"Allow","Resource":"*"},{"Action":"iam:PassRole","Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}},"Effect":"Allow","Resource":"*"},{"Action":["logs:DescribeLogStreams","logs:GetLogEvents","logs:FilterLogEvents","logs:StartLiveTail","logs:StopLiveTail"],"Effect":"Allow","Resource":"arn:aws:logs:*:*:log-group:/aws/lambda/*"},{"Action":"iam:CreateServiceLinkedRole","Condition":{"StringEquals":{"iam:AWSServiceName":"lambda.amazonaws.com"}},"Effect":"Allow","Resource":"arn:aws:iam::*:role/aws-service-role/lambda.amazonaws.com/AWSServiceRoleForLambda"}]}',
  },
  {
    name: "AWSLambda_ReadOnlyAccess",
    path: "/",
    version: "v5",
    created: "2020-11-17T21:10:32Z",
    updated: "2026-02-12T18:02:55Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["cloudformation:DescribeStacks","cloudformation:ListStacks","cloudformation:ListStackResources","cloudwatch:GetMetricData","cloudwatch:ListMetrics","ec2:DescribeSecurityGroups","ec2:DescribeSubnets","ec2:DescribeVpcs","kms:ListAliases","iam:GetPolicy","iam:GetPolicyVersion","iam:GetRole","iam:GetRolePolicy","iam:ListAttachedRolePolicies","iam:ListRolePolicies","iam:ListRoles","logs:DescribeLogGroups","lambda:Get*","lambda:List*","states:DescribeStateMachine","states:ListStateMachines","tag:GetResources","xray:GetTraceSummaries","xray:BatchGetTraces"],"Effect":"Allow","Resource":"*"},{"Action":["logs:DescribeLogStreams","logs:GetLogEvents","logs:FilterLogEvents","logs:StartQuery","logs:StopQuery","logs:DescribeQueries","logs:GetLogGroupFields","logs:GetLogRecord","logs:GetQueryResults","logs:StartLiveTail","logs:StopLiveTail"],"Effect":"Allow","Resource":"arn:aws:logs:*:*:log-group:/aws/lambda/*"}]}',
  },
  {
    name: "AWSLambdaBasicExecutionRole",
    path: "/service-role/",
    version: "v1",
    created: "2015-04-09T15:03:43Z",
    updated: "2015-04-09T15:03:43Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AWSLambdaDynamoDBExecutionRole",
    path: "/service-role/",
    version: "v1",
    created: "2015-04-09T15:09:29Z",
    updated: "2015-04-09T15:09:29Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["dynamodb:DescribeStream","dynamodb:GetRecords","dynamodb:GetShardIterator","dynamodb:ListStreams","logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AWSLambdaExecute",
    path: "/",
    version: "v1",
    created: "2015-02-06T18:40:46Z",
    updated: "2015-02-06T18:40:46Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["logs:*"],"Effect":"Allow","Resource":"arn:aws:logs:*:*:*"},{"Action":["s3:GetObject","s3:PutObject"],"Effect":"Allow","Resource":"arn:aws:s3:::*"}]}',
  },
  {
    name: "AWSLambdaKinesisExecutionRole",
    path: "/service-role/",
    version: "v2",
    created: "2015-04-09T15:14:16Z",
    updated: "2018-11-19T20:09:24Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["kinesis:DescribeStream","kinesis:DescribeStreamSummary","kinesis:GetRecords","kinesis:GetShardIterator","kinesis:ListShards","kinesis:ListStreams","kinesis:SubscribeToShard","logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AWSLambdaRole",
    path: "/service-role/",
    version: "v1",
    created: "2015-02-06T18:41:28Z",
    updated: "2015-02-06T18:41:28Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["lambda:InvokeFunction"],"Effect":"Allow","Resource":["*"]}]}',
  },
  {
    name: "AWSLambdaSQSQueueExecutionRole",
    path: "/service-role/",
    version: "v1",
    created: "2018-06-14T21:50:45Z",
    updated: "2018-06-14T21:50:45Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes","logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "AWSLambdaVPCAccessExecutionRole",
    path: "/service-role/",
    version: "v3",
    created: "2016-02-11T23:15:26Z",
    updated: "2024-01-05T22:38:26Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents","ec2:CreateNetworkInterface","ec2:DescribeNetworkInterfaces","ec2:DescribeSubnets","ec2:DeleteNetworkInterface","ec2:AssignPrivateIpAddresses","ec2:UnassignPrivateIpAddresses"],"Effect":"Allow","Resource":"*","Sid":"AWSLambdaVPCAccessExecutionPermissions"}]}',
  },
  {
    name: "AWSXRayDaemonWriteAccess",
    path: "/",
    version: "v2",
    created: "2018-08-28T23:00:33Z",
    updated: "2024-02-13T21:58:30Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["xray:PutTraceSegments","xray:PutTelemetryRecords","xray:GetSamplingRules","xray:GetSamplingTargets","xray:GetSamplingStatisticSummaries"],"Effect":"Allow","Resource":["*"],"Sid":"AWSXRayDaemonWriteAccess"}]}',
  },
  {
    name: "AWSXrayWriteOnlyAccess",
    path: "/",
    version: "v2",
    created: "2016-12-01T18:19:53Z",
    updated: "2018-08-28T23:03:04Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["xray:PutTraceSegments","xray:PutTelemetryRecords","xray:GetSamplingRules","xray:GetSamplingTargets","xray:GetSamplingStatisticSummaries"],"Effect":"Allow","Resource":["*"]}]}',
  },
  {
    name: "CloudWatchLambdaInsightsExecutionRolePolicy",
    path: "/",
    version: "v1",
    created: "2020-10-07T19:27:06Z",
    updated: "2020-10-07T19:27:06Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":"logs:CreateLogGroup","Effect":"Allow","Resource":"*"},{"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":"arn:aws:logs:*:*:log-group:/aws/lambda-insights:*"}]}',
  },
  {
    name: "CloudWatchLogsFullAccess",
    path: "/",
    version: "v8",
    created: "2015-02-06T18:40:02Z",
    updated: "2026-02-12T18:00:33Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["logs:*","cloudwatch:GenerateQuery","cloudwatch:GenerateQueryResultsSummary","observabilityadmin:GetS3TableIntegration","observabilityadmin:ListS3TableIntegrations","observabilityadmin:ListTelemetryPipelines"],"Effect":"Allow","Resource":"*","Sid":"CloudWatchLogsFullAccess"}]}',
  },
  {
    name: "CloudWatchLogsReadOnlyAccess",
    path: "/",
    version: "v12",
    created: "2015-02-06T18:40:03Z",
    updated: "2026-02-12T17:59:13Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["logs:Describe*","logs:Get*","logs:List*","logs:StartQuery","logs:StopQuery","logs:TestMetricFilter","logs:FilterLogEvents","logs:StartLiveTail","logs:StopLiveTail","cloudwatch:GenerateQuery","cloudwatch:GenerateQueryResultsSummary","observabilityadmin:ListS3TableIntegrations","observabilityadmin:GetS3TableIntegration","observabilityadmin:ListTelemetryPipelines"],"Effect":"Allow","Resource":"*","Sid":"CloudWatchLogsReadOnlyAccess"}]}',
  },
  {
    name: "PowerUserAccess",
    path: "/",
    version: "v12",
    created: "2015-02-06T18:39:47Z",
    updated: "2026-02-12T17:59:14Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"},{"Action":["account:GetAccountInformation","account:GetGovCloudAccountInformation","account:GetPrimaryEmail","account:ListRegions","iam:CreateServiceLinkedRole","iam:DeleteServiceLinkedRole","iam:ListRoles","organizations:DescribeEffectivePolicy","organizations:DescribeOrganization"],"Effect":"Allow","Resource":"*"}]}',
  },
  {
    name: "SecretsManagerReadWrite",
    path: "/",
    version: "v5",
    created: "2018-04-04T18:05:29Z",
    updated: "2024-02-22T18:12:06Z",
    document:
      '{"Version":"2012-10-17","Statement":[{"Action":["secretsmanager:*","cloudformation:CreateChangeSet","cloudformation:DescribeChangeSet","cloudformation:DescribeStackResource","cloudformation:DescribeStacks","cloudformation:ExecuteChangeSet","docdb-elastic:GetCluster","docdb-elastic:ListClusters","ec2:DescribeSecurityGroups","ec2:DescribeSubnets","ec2:DescribeVpcs","kms:DescribeKey","kms:ListAliases","kms:ListKeys","lambda:ListFunctions","rds:DescribeDBClusters","rds:DescribeDBInstances","redshift:DescribeClusters","redshift-serverless:ListWorkgroups","redshift-serverless:GetNamespace","tag:GetResources"],"Effect":"Allow","Resource":"*","Sid":"BasePermissions"},{"Action":["lambda:AddPermission","lambda:CreateFunction","lambda:GetFunction","lambda:InvokeFunction","lambda:UpdateFunctionConfiguration"],"Effect":"Allow","Resource":"arn:aws:lambda:*:*:function:SecretsManager*","Sid":"LambdaPermissions"},{"Action":["serverlessrepo:CreateCloudFormationChangeSet","serverlessrepo:GetApplication"],"Effect":"Allow","Resource":"arn:aws:serverlessrepo:*:*:applications/SecretsManager*","Sid":"SARPermissions"},{"Action":["s3:GetObject"],"Effect":"Allow","Resource":["arn:aws:s3:::awsserverlessrepo-changesets*","arn:aws:s3:::secrets-manager-rotation-apps-*/*"],"Sid":"S3Permissions"}]}',
  },
];

/** By ARN: `arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`. */
export const managedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map(
  rows.map((policy) => [`arn:aws:iam::aws:policy${policy.path}${policy.name}`, policy]),
);

# The control-plane calls of a deployment by boto3, against the server in AWS_ENDPOINT_URL: prints the milliseconds of each round as JSON.
# The same calls in the same order for every server; each round removes what it made.

import io, json, sys, time, zipfile

import boto3
from botocore.config import Config

rounds = int(sys.argv[1])
config = Config(retries={"max_attempts": 0}, parameter_validation=True)
iam, sts, ecr, logs, functions, api = (
    boto3.client(name, config=config) for name in ["iam", "sts", "ecr", "logs", "lambda", "apigateway"]
)
trust = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
policy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as file:
    file.writestr("index.py", "def handler(event, context): return 1")


def deployment(name):
    """22 calls."""
    sts.get_caller_identity()
    ecr.create_repository(repositoryName=name)
    ecr.describe_repositories(repositoryNames=[name])
    ecr.get_authorization_token()
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    iam.attach_role_policy(RoleName=name, PolicyArn=policy)
    iam.get_role(RoleName=name)
    logs.create_log_group(logGroupName="/aws/lambda/" + name)
    logs.put_retention_policy(logGroupName="/aws/lambda/" + name, retentionInDays=14)
    function = functions.create_function(FunctionName=name, Role=role, Runtime="python3.12", Handler="index.handler",
                                         Code={"ZipFile": archive.getvalue()})["FunctionArn"]
    functions.get_function(FunctionName=name)
    rest = api.create_rest_api(name=name)["id"]
    root = api.get_resources(restApiId=rest)["items"][0]["id"]
    resource = api.create_resource(restApiId=rest, parentId=root, pathPart="predict")["id"]
    method = {"restApiId": rest, "resourceId": resource, "httpMethod": "POST"}
    api.put_method(**method, authorizationType="NONE")
    api.put_integration(**method, type="AWS", integrationHttpMethod="POST",
                        uri="arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + function + "/invocations")
    api.put_method_response(**method, statusCode="200")
    api.put_integration_response(**method, statusCode="200", selectionPattern="")
    functions.add_permission(FunctionName=name, StatementId="api", Action="lambda:InvokeFunction",
                             Principal="apigateway.amazonaws.com")
    api.create_deployment(restApiId=rest, stageName="prod")
    api.get_stage(restApiId=rest, stageName="prod")
    functions.list_functions()
    return rest


def remove(name, rest):
    api.delete_rest_api(restApiId=rest)
    functions.delete_function(FunctionName=name)
    logs.delete_log_group(logGroupName="/aws/lambda/" + name)
    iam.detach_role_policy(RoleName=name, PolicyArn=policy)
    iam.delete_role(RoleName=name)
    ecr.delete_repository(repositoryName=name, force=True)


for round in range(rounds):
    start = time.perf_counter()
    rest = deployment("bench-%d" % round)
    print(json.dumps((time.perf_counter() - start) * 1000), flush=True)
    remove("bench-%d" % round, rest)
